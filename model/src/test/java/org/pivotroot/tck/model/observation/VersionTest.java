package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  private static final List<String> ASCENDING =
      List.of(
          "",
          "5.10.0-46-amd64",
          "6.1.0-50-amd64",
          "6.1.0-56-amd64",
          "6.1.170-1",
          "6.9",
          "6.12.9-1",
          "6.12.10-1",
          "7.0-rc2",
          "7.0~rc10-1~exp1",
          "7.0",
          "7.0-rt",
          "7.0.1",
          "20240729",
          "202407291200");

  @Test
  void numbersCountAsNumbersAndCandidatesComeFirst() {
    assertThat(
            ASCENDING.stream()
                .map(Version::of)
                .sorted(Comparator.reverseOrder())
                .sorted()
                .map(Version::text))
        .containsExactlyElementsOf(ASCENDING);
  }

  @Test
  void theOrderAgreesWithEquality() {
    for (String text : ASCENDING) {
      assertThat(ASCENDING.stream().filter(t -> Version.of(t).compareTo(Version.of(text)) == 0))
          .containsExactly(text);
    }
    assertThat(Stream.of("7.0-rc2", "7.0~rc2").map(Version::of).distinct()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "6.11, 6.12, true",
    "6.9.12-1, 6.12, true",
    "6.12, 6.12, false",
    "6.12.3, 6.12, false",
    "6.12-rc1, 6.12, false",
    "6.12.3-amd64, 6.12.10, true",
    "6.12.10, 6.12.3, false",
    "7.0, 6.12, false",
    "20240729, 20250101, true"
  })
  void nothingOfASeriesIsBeforeIt(String version, String other, boolean before) {
    assertThat(Version.of(version).isBefore(Version.of(other))).isEqualTo(before);
  }
}
