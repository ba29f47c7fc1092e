package org.pivotroot.tck.model.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Standing;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;

/**
 * What several targets did alike for one claim.
 *
 * @param targets their names in the order of the record; {@code vm 5.10..6.19} stands for all that
 *     are listed from the one to the other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Behaviour(
    List<String> targets,
    Verdict verdict,
    Decision because,
    SortedMap<String, String> facts,
    MountTable before,
    MountTable after,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Standing> end,
    List<Event> events) {

  /** Drops what says nothing. */
  public Behaviour {
    end = end == null ? List.of() : List.copyOf(end);
  }

  static Behaviour of(List<String> targets, Observation observation) {
    return new Behaviour(
        targets,
        observation.verdict(),
        observation.because(),
        observation.facts(),
        observation.before(),
        observation.after(),
        observation.end(),
        observation.events());
  }

  /** Of these targets instead. */
  Behaviour of(List<String> others) {
    return new Behaviour(others, verdict, because, facts, before, after, end, events);
  }

  /** As one of its targets showed it. */
  public Observation observation(ClaimText claim) {
    return new Observation(claim, verdict, because, facts, before, after, end, events);
  }

  /** The mounts in the end; null where they were not looked at. */
  MountTable atEnd() {
    return after == null ? before : after;
  }

  /** What decided, in words; null when upheld. */
  @JsonIgnore
  public String reason() {
    return because == null ? null : because.in(events);
  }

  /** Whether everything about it is the same. */
  boolean isShownBy(Observation observation) {
    return isBehaviourOf(observation)
        && Objects.equals(before, observation.before())
        && Objects.equals(after, observation.after())
        && end.equals(observation.end())
        && events.equals(observation.events());
  }

  /** Whether verdict, facts and the step that decided are the same. */
  public boolean isBehaviourOf(Observation observation) {
    return verdict == observation.verdict()
        && Objects.equals(reason(), observation.reason())
        && facts.equals(observation.facts());
  }
}
