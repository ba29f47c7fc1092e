package org.pivotroot.tck.reports.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.reports.store.Claim;

/**
 * A claim that came out differently on two targets: another verdict, other facts, or both.
 *
 * @param claim the claim
 * @param before what was seen on the former target
 * @param after what was seen on the latter
 * @param facts the facts that differ; where the verdict does, only those that both have
 */
public record Change(Claim claim, Observation before, Observation after, List<FactChange> facts) {

  /** The change between two observations, if there is one that says something of the kernel. */
  static Optional<Change> between(Claim claim, Observation before, Observation after) {
    List<FactChange> facts = FactChange.between(before, after);
    if (before.verdict() == after.verdict()) {
      return facts.isEmpty()
          ? Optional.empty()
          : Optional.of(new Change(claim, before, after, facts));
    }
    List<FactChange> shared =
        facts.stream()
            .filter(
                fact ->
                    before.facts().containsKey(fact.name())
                        && after.facts().containsKey(fact.name()))
            .toList();
    return Optional.of(new Change(claim, before, after, shared));
  }

  /** The transcripts of the two in two columns. */
  public List<SideBySide.Pair> transcripts() {
    return SideBySide.of(before.transcript(), after.transcript());
  }

  /** Whether the verdict is another one, and not facts alone. */
  public boolean changesVerdict() {
    return before.verdict() != after.verdict();
  }

  /** Why a claim is known not to be upheld on one of the two; empty if nothing is on record. */
  public String reason() {
    return Stream.of(after.reason(), before.reason())
        .filter(text -> text != null && !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What was seen where the claim is not upheld; empty if it is on both. */
  public String because() {
    return Stream.of(after.because(), before.because())
        .filter(text -> text != null && !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
