package org.pivotroot.tck.model.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Outcome;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * What the specification says of a scenario.
 *
 * @param moments one for each act that it speaks of
 */
public record Course(List<Moment> moments) {
  public Course {
    moments = List.copyOf(moments);
  }

  /**
   * An act and what comes of it.
   *
   * @param prediction empty for tasks that start or end
   * @param state what is so afterwards
   */
  public record Moment(Event act, Optional<Prediction> prediction, State state, Set<Clause> met) {}

  /** Of a scenario on a kernel. It ends before an act that the specification does not speak of. */
  public static Course of(Kernel kernel, Scenario scenario) {
    List<Moment> moments = new ArrayList<>();
    State state = Opening.state(kernel);
    for (Event act : scenario.acts()) {
      Optional<Moment> next = next(state, act);
      if (next.isEmpty()) {
        break;
      }
      moments.add(next.get());
      state = next.get().state();
    }
    return new Course(moments);
  }

  /**
   * What an act comes to; empty if the specification does not speak of it, or if it would change
   * what other scenarios find.
   */
  public static Optional<Moment> next(State state, Event act) {
    try {
      return Optional.of(moment(state, act)).filter(next -> next.state().sparesTheGuest());
    } catch (Inexpressible inexpressible) {
      return Optional.empty();
    }
  }

  private static Moment moment(State state, Event act) {
    if (act instanceof Event.Called called) {
      Outcome outcome = Specification.step(state, called.task(), called.call());
      State next = lookedAt(outcome.state());
      return new Moment(act, Optional.of(outcome.prediction()), next, outcome.met());
    }
    State next =
        act instanceof Event.Started started
            ? Specification.started(state, started)
            : Specification.ended(state, ((Event.Ended) act).task());
    return new Moment(act, Optional.empty(), lookedAt(next), next.met());
  }

  private static State lookedAt(State state) {
    State seen = state;
    for (String task : state.taskNames()) {
      seen = Specification.lookedAt(seen, task);
    }
    return seen;
  }
}
