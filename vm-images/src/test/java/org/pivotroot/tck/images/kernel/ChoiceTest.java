package org.pivotroot.tck.images.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {
  private static final List<String> SERIES = List.of("5.10", "6.1", "6.12", "7.2", "7.3");

  private static Choice parse(String word) {
    return Choice.parse(word, SERIES);
  }

  @ParameterizedTest
  @CsvSource({
    "6.12, 6.12, ''",
    "6.1..7.2, '6.1,6.12,7.2', ''",
    "all, '5.10,6.1,6.12,7.2,7.3', ''",
    "oldest, 5.10, ''",
    "newest, 7.3, ''",
    "6.12..newest, '6.12,7.2,7.3', ''",
    "7.2-rt, 7.2, -rt",
    "7.2..7.3-cloud, '7.2,7.3', -cloud",
    "4.4, '', ''",
  })
  void wordsThatStandForSeries(String word, String series, String flavour) {
    Choice.OfSeries choice = (Choice.OfSeries) parse(word);
    assertThat(String.join(",", SERIES.stream().filter(choice::includes).toList()))
        .isEqualTo(series);
    assertThat(choice.flavour().suffix()).isEqualTo(flavour);
  }

  @ParameterizedTest
  @CsvSource({
    "7.2.12, 7.2.12, ''",
    "7.2.9..7.2.12, '7.2.9,7.2.12', ''",
    "7.2.12..7.3, '7.2.12,7.3-rc7,7.3.4', ''",
    "7.3-rc7, 7.3-rc7, ''",
    "7.3-rc7..newest, '7.3-rc7,7.3.4', ''",
    "7.2.6-rt, 7.2.6, -rt",
  })
  void wordsThatStandForReleases(String word, String releases, String flavour) {
    Choice.OfReleases choice = (Choice.OfReleases) parse(word);
    List<String> all = List.of("6.12.118", "7.2.6", "7.2.9", "7.2.12", "7.3-rc7", "7.3.4", "7.4.1");
    assertThat(String.join(",", all.stream().filter(choice::includes).toList()))
        .isEqualTo(releases);
    assertThat(choice.flavour().suffix()).isEqualTo(flavour);
  }

  @ParameterizedTest
  @ValueSource(strings = {"./bzImage", "linux", "../tree", "6.1.2.3", "7.2-mine", "6.x", "a..b"})
  void whatElseThereIsIsAPath(String word) {
    assertThat(parse(word)).isEqualTo(new Choice.OfPath(Path.of(word)));
  }

  @Test
  void releasesOfGvisorAreDates() {
    Choice choice = Choice.parse("newest", List.of("20221219", "20240729"));
    assertThat(choice)
        .isEqualTo(new Choice.OfSeries("20240729", "20240729", Choice.Flavour.ORDINARY));
  }
}
