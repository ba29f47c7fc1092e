package org.pivotroot.tck.model.scenario;

import java.util.List;
import org.pivotroot.tck.model.event.Event;

/**
 * What a few tasks do one after the other, from what {@link Opening} leaves on.
 *
 * @param id by which it can be made again
 * @param acts calls, the results of which are not known, and tasks that start and end
 */
public record Scenario(String id, List<Event> acts) {
  public Scenario {
    acts = List.copyOf(acts);
  }

  /** The first of its acts. */
  public Scenario first(int count) {
    return new Scenario(id, acts.subList(0, Math.min(count, acts.size())));
  }
}
