package org.pivotroot.tck.harness.explore;

import java.util.List;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Scenario;

/**
 * A scenario of few acts in which a target did otherwise than the specification says.
 *
 * @param cause what it has in common with others of its kind
 * @param target the name of the target
 * @param release of its kernel
 * @param scenario shrunk
 * @param events all that was seen; empty if the guest was lost
 * @param act the number of the act that showed it, from 0
 * @param reasons why the specification says what it says
 * @param predicted what it says
 * @param seen what the target did
 */
public record Find(
    String cause,
    String target,
    String release,
    Scenario scenario,
    List<Event> events,
    int act,
    List<String> reasons,
    String predicted,
    String seen) {
  public Find {
    events = List.copyOf(events);
    reasons = List.copyOf(reasons);
  }
}
