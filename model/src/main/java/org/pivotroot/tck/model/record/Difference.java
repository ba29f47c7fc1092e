package org.pivotroot.tck.model.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * A claim that a target showed otherwise than what it is held to.
 *
 * @param target the target
 * @param held what it is held to; null where nothing is known of the claim
 * @param seen what it showed
 * @param kind in what they differ
 */
public record Difference(
    ResultDocument.Target target, Behaviour held, Observation seen, Kind kind) {

  /** In what an observation differs, the gravest first. */
  public enum Kind {
    VERDICT("verdict"),
    FACTS("facts"),
    /** As contradicted or inapplicable as before, for another reason. */
    DECISION("the step that decided"),
    EVENTS("transcript"),
    TOPOLOGY("mount tree"),
    /** Nothing is known of the claim on any such target. */
    NEW("not on record");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** Whether the target behaves otherwise, as opposed to having been asked otherwise. */
    public boolean isBehaviour() {
      return this == VERDICT || this == FACTS || this == DECISION;
    }
  }

  /** The difference between an observation and what its target is held to, if there is one. */
  public static Optional<Difference> of(
      ObservedRecord record, ResultDocument.Target target, Observation seen) {
    Optional<Behaviour> held = record.nearest(seen.id(), target);
    Optional<Kind> kind = held.isEmpty() ? Optional.of(Kind.NEW) : kind(held.get(), seen);
    return kind.map(one -> new Difference(target, held.orElse(null), seen, one));
  }

  private static Optional<Kind> kind(Behaviour held, Observation seen) {
    if (held.verdict() != seen.verdict()) {
      return Optional.of(Kind.VERDICT);
    }
    if (!held.facts().equals(seen.facts())) {
      return Optional.of(Kind.FACTS);
    }
    if (!held.isBehaviourOf(seen)) {
      return Optional.of(Kind.DECISION);
    }
    if (!held.events().equals(seen.events())) {
      return Optional.of(Kind.EVENTS);
    }
    return held.isShownBy(seen) ? Optional.empty() : Optional.of(Kind.TOPOLOGY);
  }

  /** All differences of a run, target by target. */
  public static List<Difference> of(ObservedRecord record, List<ResultDocument> run) {
    List<Difference> differences = new ArrayList<>();
    for (ResultDocument document : run) {
      for (Observation seen : document.observations()) {
        of(record, document.target(), seen).ifPresent(differences::add);
      }
    }
    return differences;
  }
}
