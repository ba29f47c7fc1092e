package org.pivotroot.tck.reports.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.reports.store.Seen;

/**
 * A claim that came out differently on two targets: another verdict, other facts, or another step
 * that decided.
 *
 * @param before what was seen on the former target
 * @param after what was seen on the latter
 * @param facts the facts that differ; where the verdict does, only those that both have
 */
public record Change(Seen before, Seen after, List<FactChange> facts) {

  /** The change between two observations, if there is one that says something of the targets. */
  public static Optional<Change> between(Seen before, Seen after) {
    List<FactChange> facts = FactChange.between(before.facts(), after.facts());
    if (before.verdict() == after.verdict()) {
      return facts.isEmpty() && before.because().equals(after.because())
          ? Optional.empty()
          : Optional.of(new Change(before, after, facts));
    }
    List<FactChange> shared =
        facts.stream()
            .filter(
                fact ->
                    before.facts().containsKey(fact.name())
                        && after.facts().containsKey(fact.name()))
            .toList();
    return Optional.of(new Change(before, after, shared));
  }

  /** The claim, as the latter target was asked it. */
  public ClaimText claim() {
    return after.claim();
  }

  /** The transcripts of the two in two columns. */
  public List<SideBySide.Pair> transcripts() {
    return SideBySide.of(before.transcript(), after.transcript());
  }

  /** Whether the verdict is another one. */
  public boolean changesVerdict() {
    return before.verdict() != after.verdict();
  }

  /** Whether the verdict is the same for another reason. */
  public boolean changesDecision() {
    return !changesVerdict() && !before.because().equals(after.because());
  }

  /** Why a claim is known not to be upheld on one of the two; empty if nothing is known. */
  public String why() {
    return first(after.why(), before.why());
  }

  /** What was seen where the claim is not upheld; empty if it is on both. */
  public String because() {
    return first(after.because(), before.because());
  }

  private static String first(String... texts) {
    return Stream.of(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }
}
