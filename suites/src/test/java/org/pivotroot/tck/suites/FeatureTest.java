package org.pivotroot.tck.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.claim.Suite;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.model.observation.ClaimText;

/** One claim says of each feature that it is there, so that a missing one is one contradiction. */
class FeatureTest {

  @Test
  void eachFeatureOfAllKernelsHasItsClaim() {
    List<String> claimed =
        new Suite("org.pivotroot.tck.suites")
            .claims().stream()
                .map(ClaimText::id)
                .filter(id -> id.startsWith(ClaimText.FEATURES + "."))
                .map(id -> id.substring(ClaimText.FEATURES.length() + 1))
                .toList();
    assertThat(claimed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Feature.values())
                .filter(feature -> feature.since().isEmpty() && !feature.isOptional())
                .map(Feature::id)
                .toList());
  }
}
