package org.pivotroot.tck.model.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.transcript.Ending;
import org.pivotroot.tck.model.transcript.Strace;

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
    /** The same was asked, in the same surroundings, and something else was the answer. */
    ANSWER("what was seen"),
    /**
     * The same was answered, and yet the tasks or the mounts of their namespaces ended elsewhere.
     */
    END("where it ended"),
    /** The target was asked something else, or in other surroundings. */
    EVENTS("transcript"),
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
      return compareTo(EVENTS) < 0;
    }
  }

  /** The difference between an observation and what its target is held to, if there is one. */
  public static Optional<Difference> of(
      ObservedRecord record, ResultDocument.Target target, Observation seen) {
    Optional<Behaviour> held =
        record.nearest(seen.id(), target).filter(one -> !isHadNow(one, target, seen));
    Optional<Kind> kind = held.isEmpty() ? Optional.of(Kind.NEW) : kind(held.get(), target, seen);
    return kind.map(one -> new Difference(target, held.orElse(null), seen, one));
  }

  /** Those that begin in the same state each time; another is as its host happens to be. */
  private static final Set<String> MACHINES = Set.of("vm", "uml");

  private static Optional<Kind> kind(
      Behaviour held, ResultDocument.Target target, Observation seen) {
    if (held.verdict() != seen.verdict()) {
      return Optional.of(Kind.VERDICT);
    }
    if (!held.facts().equals(seen.facts())) {
      return Optional.of(Kind.FACTS);
    }
    if (!held.isBehaviourOf(seen)) {
      return Optional.of(Kind.DECISION);
    }
    if (held.isShownBy(seen)) {
      return Optional.empty();
    }
    boolean alike =
        MACHINES.contains(target.environment()) && Objects.equals(held.before(), seen.before());
    boolean endIsKnown = !held.end().isEmpty();
    if (!alike || (held.events().equals(seen.events()) && !endIsKnown)) {
      return Optional.of(Kind.EVENTS);
    }
    return Optional.of(parting(held.events(), seen.events()));
  }

  /** What two lists of events differ in where they part. */
  private static Kind parting(List<Event> held, List<Event> seen) {
    for (int i = 0; i < Math.min(held.size(), seen.size()); i++) {
      if (!held.get(i).equals(seen.get(i))) {
        return sameQuestion(held.get(i), seen.get(i)) ? Kind.ANSWER : Kind.EVENTS;
      }
    }
    return held.size() == seen.size() ? Kind.END : Kind.EVENTS;
  }

  private static boolean sameQuestion(Event held, Event seen) {
    if (held instanceof Event.Called one && seen instanceof Event.Called other) {
      return one.task().equals(other.task()) && one.call().equals(other.call());
    }
    if (held instanceof Event.Ran one && seen instanceof Event.Ran other) {
      return one.task().equals(other.task())
          && one.command().equals(other.command())
          && one.input().equals(other.input());
    }
    return held instanceof Event.Looked one
        && seen instanceof Event.Looked other
        && one.task().equals(other.task())
        && one.sight().title().equals(other.sight().title());
  }

  /**
   * What the transcripts and the ends do not have in common: lines of what the target is held to
   * after "- ", of what it showed after "+ ".
   */
  public List<String> lines() {
    if (held == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    add(lines, Strace.of(held.events()), seen.transcript());
    add(lines, Ending.of(held.atEnd(), held.end()), Ending.of(seen.atEnd(), seen.end()));
    return lines;
  }

  private static void add(List<String> lines, List<String> held, List<String> seen) {
    LineDiff.of(held, seen).stream()
        .filter(line -> line.side() != LineDiff.Side.BOTH)
        .map(line -> (line.side() == LineDiff.Side.LEFT ? "- " : "+ ") + line.text())
        .forEach(lines::add);
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

  /** Whether another target than those on record has what they lacked, which says nothing of it. */
  private static boolean isHadNow(Behaviour held, ResultDocument.Target target, Observation seen) {
    return held.verdict() == Verdict.NOT_APPLICABLE
        && seen.verdict() != Verdict.NOT_APPLICABLE
        && !held.targets().contains(target.name());
  }
}
