package org.pivotroot.tck.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.claim.Selection;
import org.pivotroot.tck.harness.explore.Campaign;
import org.pivotroot.tck.harness.explore.ScenarioObservation;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Generator;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;
import org.pivotroot.tck.reports.store.Stored;

/** What the programs in C do that the suite is compared with. */
final class Programs {
  private Programs() {}

  /** What is on record of a target, but for the claims that have a machine of their own. */
  static List<Observation> ofClaims(Path observed, String target, Selection selection) {
    Results results = new Results(Stored.record(observed), List.of());
    return results.target(target).stream()
        .flatMap(one -> results.of(one).stream())
        .map(Seen::observation)
        .filter(one -> one.claim().needsNoMachine())
        .filter(one -> selection.includes(one.id()))
        .toList();
  }

  /** The first scenarios of seed 1, with what the specification says of them. */
  static List<Observation> ofScenarios(Kernel kernel, int count) {
    List<Observation> programs = new ArrayList<>();
    for (int batch = 0; programs.size() < count; batch++) {
      for (Scenario scenario : Generator.batch(Campaign.REFERENCE, 1, batch)) {
        programs.add(observation(kernel, scenario));
      }
    }
    return programs.subList(0, count);
  }

  private static Observation observation(Kernel kernel, Scenario scenario) {
    Stream<Event> acts = Course.of(kernel, scenario).moments().stream().map(Programs::event);
    List<Event> events = Stream.concat(Opening.EVENTS.stream(), acts).toList();
    return ScenarioObservation.of(scenario.id(), "", "", events);
  }

  private static Event event(Course.Moment moment) {
    if (moment.act() instanceof Event.Called called) {
      return new Event.Called(
          called.task(), called.call(), result(moment.prediction().orElseThrow()));
    }
    return moment.act();
  }

  private static Result result(Prediction prediction) {
    if (prediction instanceof Prediction.Fails fails) {
      return new Result.Failed(fails.errnos().iterator().next().number());
    }
    return ((Prediction.Returns) prediction).result();
  }
}
