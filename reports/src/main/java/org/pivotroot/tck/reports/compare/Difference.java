package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.reports.store.Results;

/**
 * Where a run differs from what is on record, target by target. What only one of the two has is no
 * difference: a run may have been narrowed to a few claims.
 *
 * @param run targets that were run
 * @param unknown targets that were run and are not on record
 * @param claims the claims that differ
 */
public record Difference(
    List<ResultDocument> run, List<ResultDocument> unknown, List<ClaimDifference> claims) {

  /**
   * A claim that a run showed otherwise.
   *
   * @param target the target's name
   * @param observed what is on record; null if the claim is new on this target
   * @param seen what the run showed
   */
  public record ClaimDifference(String target, Observation observed, Observation seen) {

    /** Whether the claim is not on record for this target. */
    public boolean isNew() {
      return observed == null;
    }

    /**
     * Whether the kernel behaves differently, as opposed to having been asked differently. A claim
     * that is contradicted as before, but at another call, is another behaviour too.
     */
    public boolean isChange() {
      return observed != null && !sameBehaviour(observed, seen);
    }
  }

  /** Sets a run against what is on record. */
  public static Difference between(Results observed, Results run) {
    List<ResultDocument> unknown = new ArrayList<>();
    List<ClaimDifference> claims = new ArrayList<>();
    for (ResultDocument target : run.targets()) {
      if (observed.target(target.name()).isEmpty()) {
        unknown.add(target);
        continue;
      }
      for (Observation seen : target.observations()) {
        Optional<Observation> known = observed.at(seen.claim(), target);
        if (known.isEmpty() || !alike(known.get(), seen)) {
          claims.add(new ClaimDifference(target.name(), known.orElse(null), seen));
        }
      }
    }
    return new Difference(run.targets(), unknown, claims);
  }

  private static boolean alike(Observation observed, Observation seen) {
    return sameBehaviour(observed, seen) && observed.transcript().equals(seen.transcript());
  }

  private static boolean sameBehaviour(Observation observed, Observation seen) {
    return observed.verdict() == seen.verdict()
        && Objects.equals(observed.because(), seen.because())
        && observed.facts().equals(seen.facts());
  }

  /** Whether a verdict, its reason or a fact is another one on a kernel that is on record. */
  public boolean changesBehaviour() {
    return claims.stream().anyMatch(ClaimDifference::isChange);
  }
}
