package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.model.json.Json;

class ClaimTextTest {
  private static final Explanation OLD =
      new Explanation(Verdict.CONTRADICTED, null, "6.1", "it was not there yet", null);
  private static final Explanation MIDDLE =
      new Explanation(Verdict.NOT_APPLICABLE, "5.15", "6.12", "it was left out", "mnt: drop it");
  private static final Explanation NEW =
      new Explanation(Verdict.CONTRADICTED, "7.2", null, "it is refused", null);

  private static ClaimText claim(Explanation... explanations) {
    return new ClaimText(
        "x", "pivot_root(2)", "NOTES", "all", "ours", "root", false, List.of(explanations));
  }

  @ParameterizedTest
  @CsvSource({
    "5.10, contradicted",
    "5.15, contradicted",
    "6.1, not-applicable",
    "6.11.3, not-applicable",
    "6.12-rc1, upheld",
    "7.1.13-1, upheld",
    "7.2-rc1, contradicted",
    "8.0, contradicted"
  })
  void theFirstExplanationThatSpeaksOfAVersionCounts(String version, String verdict) {
    assertThat(claim(OLD, MIDDLE, NEW).explained(Version.of(version)).word()).isEqualTo(verdict);
  }

  @Test
  void withoutBoundsItSpeaksOfAll() {
    Explanation always = new Explanation(Verdict.CONTRADICTED, null, null, "always", null);
    assertThat(claim(always).explanation(Version.of("1.0"))).contains(always);
    assertThat(claim().explanation(Version.of("1.0"))).isEmpty();
  }

  @Test
  void toJsonAndBack() throws Exception {
    for (ClaimText claim : new ClaimText[] {claim(), claim(OLD, MIDDLE)}) {
      assertThat(Json.parse(Json.text(claim, 1), ClaimText.class, "test")).isEqualTo(claim);
    }
    assertThat(Json.text(claim(), 1)).doesNotContain("userland", "explanations");
  }
}
