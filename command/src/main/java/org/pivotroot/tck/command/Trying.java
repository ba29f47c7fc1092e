package org.pivotroot.tck.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.Observation;

/** One claim on one kernel, tried in this process without leaving results. */
record Trying(String claim, String kernel, Places places) {

  /** What was seen; empty if it could not be tried. */
  Optional<Observation> observe(boolean fresh) {
    places.tellAllure();
    AtomicReference<Observation> seen = new AtomicReference<>();
    Progress.watch(
        event -> {
          if (event instanceof Progress.Tried tried) {
            seen.set(tried.observation());
          }
        });
    Places.SUITE.run(
        Map.of(
            "kernels",
            kernel,
            "claims",
            claim,
            "targets",
            Places.targetsOf(List.of(kernel)),
            "isolation",
            fresh ? "guest" : "claim",
            "tck.results",
            places.results().resolveSibling("results-of-one").toString(),
            "tck.observed",
            places.observed().toString()));
    return Optional.ofNullable(seen.get());
  }
}
