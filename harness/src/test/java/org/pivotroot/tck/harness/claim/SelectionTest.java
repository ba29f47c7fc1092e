package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.harness.environment.Environment;

class SelectionTest {
  private static Selection of(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return Selection.of(name -> Optional.ofNullable(properties.getProperty(name)));
  }

  @Test
  void withoutPropertiesAllIsTriedEverywhere() {
    Selection all =
        new Selection(
            List.of(), List.of(), List.of(Environment.VM, Environment.CONTAINER), false, false);
    assertThat(of()).isEqualTo(all);
    assertThat(of("kernels", "", "claims", " , ", "targets", "")).isEqualTo(all);
    assertThat(all.includes("any")).isTrue();
    all.check(List.of());
  }

  @Test
  void eachPropertyNarrowsIt() {
    assertThat(
            of(
                "kernels", "6.1, ./bzImage,,7.3",
                "claims", "cwd-*,x",
                "targets", "container,container",
                "isolation", "guest",
                "unavailable", "error"))
        .isEqualTo(
            new Selection(
                List.of("6.1", "./bzImage", "7.3"),
                List.of("cwd-*", "x"),
                List.of(Environment.CONTAINER),
                true,
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "targets, 'vm,qemu', 'qemu is no kind of target; there are vm, container, uml, gvisor'",
    "targets, VM, 'VM is no kind of target; there are vm, container, uml, gvisor'",
    "isolation, none, 'isolation=none is neither claim nor guest'",
    "unavailable, '', 'unavailable= is neither skip nor error'"
  })
  void aValueThatMeansNothingIsNamedWithWhatThereIs(String name, String value, String message) {
    assertThatThrownBy(() -> of(name, value))
        .isInstanceOf(SelectionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "cwd-at-root, cwd-at-root, true",
    "cwd-*, cwd-at-root, true",
    "*-root, cwd-at-root, true",
    "*at*, cwd-at-root, true",
    "*, cwd-at-root, true",
    "cwd, cwd-at-root, false",
    "cwd.*, cwd-at-root, false",
    "CWD-*, cwd-at-root, false",
    "'other,cwd-*', cwd-at-root, true"
  })
  void globsMatchWholeIds(String globs, String claim, boolean included) {
    assertThat(of("claims", globs).includes(claim)).isEqualTo(included);
  }

  @Test
  void aGlobThatMatchesNothingIsRefusedByName() {
    List<String> ids = List.of("d", "c", "b", "a");
    of("claims", "a,*").check(ids);
    assertThatThrownBy(() -> of("claims", "a,x*,y").check(ids))
        .isInstanceOf(SelectionException.class)
        .hasMessage(
            "no claim is called x* or y; the nearest of 4: a, b, c (* stands for any part of a name)");
  }
}
