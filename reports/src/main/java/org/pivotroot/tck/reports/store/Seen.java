package org.pivotroot.tck.reports.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;

/**
 * What a target showed of a claim.
 *
 * @param target the target
 * @param observation what it showed
 * @param expected the verdict that it is held to
 */
public record Seen(TargetRecord target, Observation observation, Verdict expected) {

  /** The claim. */
  public ClaimText claim() {
    return observation.claim();
  }

  /** What the trial came to. */
  public Verdict verdict() {
    return observation.verdict();
  }

  /** Whether the verdict is not the one that the target is held to. */
  public boolean isUnexpected() {
    return verdict() != expected;
  }

  /** What contradicted the claim, what the target lacks, or what broke; empty when upheld. */
  public String because() {
    return Optional.ofNullable(observation.reason()).orElse("");
  }

  /** Why that is known to be so, with the kernel's commit if it is known; empty if nothing is. */
  public String why() {
    return explanation(target, claim())
        .filter(explanation -> explanation.verdict() == verdict())
        .map(
            explanation ->
                explanation.commit() == null
                    ? explanation.because()
                    : explanation.because() + " (" + explanation.commit() + ")")
        .orElse("");
  }

  /** Explanations speak of versions of Linux. */
  static Optional<Explanation> explanation(TargetRecord target, ClaimText claim) {
    return target.target().environment().equals("gvisor")
        ? Optional.empty()
        : claim.explanation(TargetOrder.version(target.target()));
  }

  /** What was recorded without being judged. */
  public Map<String, String> facts() {
    return observation.facts();
  }

  /** The steps of the trial as strace(1) writes them. */
  public List<String> transcript() {
    return observation.transcript();
  }
}
