package org.pivotroot.tck.images.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1.0~rc1, 1.0",
    "1.0~~, 1.0~",
    "1.0~, 1.0",
    "1.0, 1.0a",
    "1.0a, 1.0+",
    "9, 10",
    "1.9, 1.10",
    "1.0-1, 1.0-1.1",
    "1.0-1~bpo12+1, 1.0-1",
    "1.0, 1.0-1",
    "2.0, 1:1.0",
    "6.1.9-1, 6.1.10-1",
    "7.3~rc7-1~exp1, 7.3.4-1~bpo13+1",
    "6.12.90-1~bpo12+1, 6.12.90-2~bpo12+1",
    "1.0-a-1, 1.0-a-2",
  })
  void comesBefore(String lesser, String greater) {
    assertThat(DebianVersion.of(lesser)).isLessThan(DebianVersion.of(greater));
    assertThat(DebianVersion.of(greater)).isGreaterThan(DebianVersion.of(lesser));
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1.0-0", "1.0, 0:1.0", "1.01, 1.1", "1.0-00, 1.0"})
  void isAsNewAs(String one, String other) {
    assertThat(DebianVersion.of(one)).isEqualByComparingTo(DebianVersion.of(other));
  }

  @Test
  void refusesAnEpochThatIsNoNumber() {
    assertThatThrownBy(() -> DebianVersion.of("a:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a:1\"");
  }
}
