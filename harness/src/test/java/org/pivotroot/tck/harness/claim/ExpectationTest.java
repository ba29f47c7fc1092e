package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.model.observation.Verdict;

class ExpectationTest {
  @Contradicted(from = "6.1", before = "7.0", because = "contradicted from 6.1 to 6.19")
  @NotApplicable(before = "6.2", because = "lacking before 6.2")
  static void within() {}

  @Contradicted(from = "7.3", because = "since 7.3")
  static void since() {}

  static void always() {}

  private static Expectation of(String claim, String release) throws NoSuchMethodException {
    return Expectation.of(
        ExpectationTest.class.getDeclaredMethod(claim), KernelVersion.of(release));
  }

  @ParameterizedTest
  @CsvSource({
    "within, 5.10.0-1-amd64, NOT_APPLICABLE, lacking before 6.2",
    "within, 6.1.0-56-amd64, CONTRADICTED, contradicted from 6.1 to 6.19",
    "within, 6.19.1, CONTRADICTED, contradicted from 6.1 to 6.19",
    "within, 7.0-rc1, UPHELD,",
    "since, 7.2.9, UPHELD,",
    "since, 7.3, CONTRADICTED, since 7.3",
    "since, 7.10, CONTRADICTED, since 7.3",
    "since, 99.0, CONTRADICTED, since 7.3",
    "always, 6.1, UPHELD,"
  })
  void theRangeThatAKernelIsInDecides(String claim, String release, Verdict verdict, String reason)
      throws NoSuchMethodException {
    assertThat(of(claim, release)).isEqualTo(new Expectation(verdict, reason));
  }

  @Test
  void versionsAreOrderedByNumber() {
    assertThat(KernelVersion.of("6.9")).isLessThan(KernelVersion.of("6.10"));
    assertThat(KernelVersion.of("6.19.5+deb13-amd64"))
        .isEqualByComparingTo(new KernelVersion(6, 19));
    assertThat(KernelVersion.of("6.99")).isLessThan(KernelVersion.of("7.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "6.", "v6.1", "six.one", "6.x"})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> KernelVersion.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a kernel version: " + text);
  }
}
