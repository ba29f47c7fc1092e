package org.pivotroot.tck.harness.explore;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.replay.Replay;
import org.pivotroot.tck.model.specification.replay.Verdict;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * What a target did otherwise than the specification says.
 *
 * @param act the number of the act that showed it, from 0
 * @param cause what those of one cause have in common: the call, the clause that decided and what
 *     was seen
 * @param reasons the clauses that decided, with what they cite
 * @param predicted what the specification says
 * @param seen what the target did
 */
record Deviation(int act, String cause, List<String> reasons, String predicted, String seen) {

  /** Of a scenario that was played; empty if all is as the specification says. */
  static Optional<Deviation> of(Kernel kernel, Scenario scenario, List<Event> events) {
    Verdict verdict = Replay.of(kernel, Opening.STAGE, events, new HashSet<>());
    if (!(verdict instanceof Verdict.Differs differs)) {
      return Optional.empty();
    }
    int act =
        (int)
                events.subList(0, differs.number()).stream()
                    .filter(event -> !(event instanceof Event.Looked))
                    .count()
            - Opening.EVENTS.size()
            - 1;
    Course.Moment moment = Course.of(kernel, scenario).moments().get(act);
    List<Clause> clauses =
        moment.prediction().filter(Prediction.Fails.class::isInstance).isPresent()
            ? List.of(((Prediction.Fails) moment.prediction().get()).because())
            : List.copyOf(moment.met());
    String decided = clauses.stream().map(Clause::id).sorted().collect(joining("+"));
    return Optional.of(
        new Deviation(
            act,
            what(scenario.acts().get(act)) + ": " + decided + " -> " + seen(differs),
            clauses.stream()
                .map(clause -> clause.id() + ": " + clause.says() + " (" + clause.cites() + ")")
                .toList(),
            differs.predicted(),
            differs.recorded()));
  }

  private static String what(Event act) {
    return act instanceof Event.Called called
        ? called.call().callee().title()
        : act instanceof Event.Started ? "a task starts" : "a task ends";
  }

  private static String seen(Verdict.Differs differs) {
    if (differs.event() instanceof Event.Looked looked) {
      return "another " + looked.sight().title();
    }
    Result result = ((Event.Called) differs.event()).result();
    return result instanceof Result.Failed failed
        ? Errno.of(failed.errno()).map(Errno::name).orElse("errno " + failed.errno())
        : "another result";
  }
}
