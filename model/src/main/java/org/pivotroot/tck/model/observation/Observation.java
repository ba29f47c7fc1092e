package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Standing;
import org.pivotroot.tck.model.transcript.Strace;

/**
 * One claim tried on one target.
 *
 * @param claim what the claim says of itself
 * @param verdict what was seen
 * @param because what contradicted the claim, what the target lacks, or what broke; null when
 *     upheld
 * @param facts what was recorded without being judged, by name
 * @param before the mounts around the first task, seen from the root of its namespace, when it was
 *     put on the stage; null where that was not looked at
 * @param after the same when the claim had been tried; null if nothing had changed
 * @param end where each task that still lived stood then; the first task's namespace is {@code
 *     after}'s
 * @param events the steps of the trial in order, with small numbers for what varies from boot to
 *     boot
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observation(
    ClaimText claim,
    Verdict verdict,
    Decision because,
    SortedMap<String, String> facts,
    MountTable before,
    MountTable after,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Standing> end,
    List<Event> events) {

  /** Drops what says nothing. */
  public Observation {
    after = Objects.equals(before, after) ? null : after;
    end = end == null ? List.of() : List.copyOf(end);
    events = List.copyOf(events);
  }

  /** The mounts in the end; null where they were not looked at. */
  @JsonIgnore
  public MountTable atEnd() {
    return after == null ? before : after;
  }

  /** The claim's id. */
  @JsonIgnore
  public String id() {
    return claim.id();
  }

  /** What decided, in words; null when upheld. */
  @JsonIgnore
  public String reason() {
    return because == null ? null : because.in(events);
  }

  /** The events as strace(1) writes them. */
  @JsonIgnore
  public List<String> transcript() {
    return Strace.of(events);
  }
}
