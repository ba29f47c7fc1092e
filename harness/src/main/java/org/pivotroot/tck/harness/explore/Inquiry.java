package org.pivotroot.tck.harness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.environment.GuestLostException;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Reduction;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * Finds out, in a guest, what is the matter with a scenario of which the digest is not as foretold.
 */
final class Inquiry {
  /** A guest can be lost for other reasons; a host can be slow. */
  private static final int TRIES = 2;

  private final Subject subject;
  private final Kernel kernel;

  Inquiry(Subject subject, Kernel kernel) {
    this.subject = subject;
    this.kernel = kernel;
  }

  /** A scenario up to where it deviates, and how. */
  record Case(Scenario scenario, List<Event> events, Deviation deviation) {}

  /** What is otherwise; empty if the digest alone is, which is a fault of the harness. */
  Optional<Case> look(Scenario scenario) {
    List<Event> events = subject.events(scenario);
    return Deviation.of(kernel, scenario, events)
        .map(deviation -> new Case(scenario.first(deviation.act() + 1), events, deviation));
  }

  /** The same with the fewest acts. */
  Case shrink(Case found) {
    Case smallest = found;
    boolean again = true;
    while (again) {
      again = false;
      for (Scenario smaller : deviating(Reduction.of(kernel, smallest.scenario))) {
        Optional<Case> seen = look(smaller);
        if (seen.isPresent() && seen.get().deviation().cause().equals(found.deviation().cause())) {
          smallest = seen.get();
          again = true;
          break;
        }
      }
    }
    return new Case(smallest.scenario, subject.events(smallest.scenario), smallest.deviation);
  }

  private List<Scenario> deviating(List<Scenario> scenarios) {
    if (scenarios.isEmpty()) {
      return scenarios;
    }
    List<Long> digests = subject.digests(scenarios);
    List<Scenario> deviating = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      if (digests.get(i) != Foretold.digest(Course.of(kernel, scenarios.get(i)))) {
        deviating.add(scenarios.get(i));
      }
    }
    return deviating;
  }

  /** The scenario that ends each guest that plays it; none if none does so by itself. */
  Optional<Scenario> deadly(List<Scenario> scenarios) {
    return scenarios.stream()
        .filter(one -> Stream.generate(() -> isDeadly(one)).limit(TRIES).allMatch(deadly -> deadly))
        .findFirst();
  }

  private boolean isDeadly(Scenario scenario) {
    try {
      subject.digests(List.of(scenario));
      return false;
    } catch (GuestLostException | LeftoverException e) {
      return true;
    }
  }
}
