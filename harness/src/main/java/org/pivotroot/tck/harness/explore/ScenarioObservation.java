package org.pivotroot.tck.harness.explore;

import java.util.List;
import java.util.TreeMap;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.Names;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;

/** A scenario in the form that claims have on record, so that programs can be made of it. */
public final class ScenarioObservation {
  private ScenarioObservation() {}

  /**
   * With small numbers for those that vary.
   *
   * @param cause what it shows
   * @param says who does so
   * @param events the opening and the acts
   */
  public static Observation of(String id, String cause, String says, List<Event> events) {
    ClaimText text =
        new ClaimText(
            "scenario-" + id,
            "the specification",
            cause,
            null,
            says,
            ClaimText.SCENARIO,
            true,
            List.of());
    Names names = new Names();
    return new Observation(
        text,
        Verdict.UPHELD,
        null,
        new TreeMap<>(),
        null,
        null,
        List.of(),
        events.stream().map(event -> renumbered(event, names)).toList());
  }

  private static Event renumbered(Event event, Names names) {
    return event instanceof Event.Called called
            && called.result() instanceof Result.Identified identified
        ? new Event.Called(
            called.task(), called.call(), new Result.Identified(names.of(identified.file())))
        : event;
  }
}
