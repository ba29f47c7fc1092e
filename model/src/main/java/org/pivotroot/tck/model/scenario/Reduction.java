package org.pivotroot.tck.model.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.rule.Kernel;

/** Makes smaller scenarios of one: without an act, and without what cannot be without that. */
public final class Reduction {
  private Reduction() {}

  /** All that are one step smaller and of which the specification speaks whole. */
  public static List<Scenario> of(Kernel kernel, Scenario scenario) {
    List<Scenario> smaller = new ArrayList<>();
    Course course = Course.of(kernel, scenario);
    for (int i = 0; i < scenario.acts().size() - 1; i++) {
      Scenario without = without(scenario, course, i);
      if (Course.of(kernel, without).moments().size() == without.acts().size()) {
        smaller.add(without);
      }
    }
    return smaller;
  }

  private static Scenario without(Scenario scenario, Course course, int index) {
    Set<String> tasks = new HashSet<>();
    Set<Integer> descriptors = new HashSet<>();
    List<Event> acts = new ArrayList<>();
    for (int i = 0; i < scenario.acts().size(); i++) {
      Event act = scenario.acts().get(i);
      if (i != index && !needs(act, tasks, descriptors)) {
        acts.add(renumbered(act, descriptors));
        if (act instanceof Event.Started started) {
          tasks.remove(started.other());
        }
        continue;
      }
      if (act instanceof Event.Started started) {
        tasks.add(started.other());
      }
      opened(course, i).ifPresent(descriptors::add);
    }
    return new Scenario(scenario.id(), acts);
  }

  private static Optional<Integer> opened(Course course, int index) {
    return course
        .moments()
        .get(index)
        .prediction()
        .filter(Prediction.Returns.class::isInstance)
        .map(prediction -> ((Prediction.Returns) prediction).result())
        .filter(Result.Opened.class::isInstance)
        .map(result -> ((Result.Opened) result).descriptor());
  }

  private static boolean needs(Event act, Set<String> tasks, Set<Integer> descriptors) {
    if (act instanceof Event.Started started) {
      return tasks.contains(started.task());
    }
    if (act instanceof Event.Ended ended) {
      return tasks.contains(ended.task());
    }
    Event.Called called = (Event.Called) act;
    return tasks.contains(called.task())
        || called.call().arguments().stream()
            .anyMatch(
                value ->
                    (value instanceof Value.Descriptor file
                            && descriptors.contains(file.descriptor()))
                        || (value instanceof Value.OfTask of && tasks.contains(of.task())));
  }

  /** Descriptors are counted, so that those behind one that is missing have lower numbers. */
  private static Event renumbered(Event act, Set<Integer> missing) {
    if (missing.isEmpty() || !(act instanceof Event.Called called)) {
      return act;
    }
    List<Value> arguments =
        called.call().arguments().stream()
            .map(value -> value instanceof Value.Descriptor file ? lower(file, missing) : value)
            .toList();
    return new Event.Called(
        called.task(), new Call(called.call().callee(), arguments), called.result());
  }

  private static Value lower(Value.Descriptor file, Set<Integer> missing) {
    int lower = (int) missing.stream().filter(number -> number < file.descriptor()).count();
    return new Value.Descriptor(file.descriptor() - lower);
  }
}
