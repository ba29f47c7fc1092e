package org.pivotroot.tck.harness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.transcript.Strace;

/** What targets do in the scenarios of finds that one of them has made. */
public final class Elsewhere {
  private Elsewhere() {}

  /** A line for each find: what the act that showed it came to on a target. */
  public static List<String> of(Target target, List<Find> finds) {
    Kernel kernel = Kernel.of(target.description().kernel().release());
    List<String> lines = new ArrayList<>();
    try (Subject subject = new Subject(target)) {
      for (Find find : finds) {
        lines.add(target.name() + ": " + line(subject, kernel, find));
      }
    }
    return lines;
  }

  private static String line(Subject subject, Kernel kernel, Find find) {
    int spokenOf = Course.of(kernel, find.scenario()).moments().size();
    if (find.events().isEmpty() || spokenOf <= find.act()) {
      return "not played, as the specification does not speak of it there";
    }
    Scenario scenario = find.scenario().first(find.act() + 1);
    List<Event> events = subject.events(scenario);
    Event last =
        events.stream()
            .filter(event -> !(event instanceof Event.Looked))
            .reduce((one, next) -> next)
            .orElseThrow();
    Optional<Deviation> deviation = Deviation.of(kernel, scenario, events);
    return Strace.of(last)
        + deviation
            .map(how -> "; otherwise than the specification says: " + how.cause())
            .orElse("; as the specification says");
  }
}
