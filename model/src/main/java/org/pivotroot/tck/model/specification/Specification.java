package org.pivotroot.tck.model.specification;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** What calls do. */
public final class Specification {
  private static final Comparator<Callee> BY_TITLE = Comparator.comparing(Callee::title);

  private Specification() {}

  /** The state in which a trial begins. */
  public static State initial(Kernel kernel, Stage stage, String firstTask) {
    return stage.initial(kernel, firstTask);
  }

  /**
   * A call by a task.
   *
   * @throws Inexpressible if it is none of those specified, or meets what is not
   */
  public static Outcome step(State state, String task, Call call) {
    State next = state.fork();
    Specified<?> specified = specified(call);
    try {
      Result result = specified.run(next, next.task(task), call).result;
      next.settle();
      return new Outcome(new Prediction.Returns(result), next, next.met);
    } catch (Refused refused) {
      return failed(state, next.marks, refused.rule());
    }
  }

  private static Outcome failed(State state, Map<Integer, Boolean> marks, Rule rule) {
    State same = state;
    if (!marks.isEmpty()) {
      same = state.fork();
      same.apply(marks);
    }
    return new Outcome(new Prediction.Fails(rule), same, Set.of(rule));
  }

  /**
   * All checks that speak against a call, in the order in which they are made: the first one
   * decides, the others would if it did not. Empty if the call succeeds.
   *
   * @throws Inexpressible if it is none of those specified, or meets what is not
   */
  public static List<Rule> failing(State state, String task, Call call) {
    State scratch = state.fork();
    return specified(call).failing(scratch, scratch.task(task), call);
  }

  private static Specified<?> specified(Call call) {
    Specified<?> specified = Specified.ALL.get(call.callee());
    if (specified == null) {
      throw new Inexpressible(call.callee().title());
    }
    return specified;
  }

  /** The checks and effects of a call, in order; none if it is not specified. */
  public static Optional<Procedure<?>> of(Callee callee) {
    return Optional.ofNullable(Specified.ALL.get(callee)).map(Specified::procedure);
  }

  /** Everything that calls can come by. */
  public static Set<Clause> clauses() {
    Set<Clause> clauses = new LinkedHashSet<>();
    for (Callee callee : Callee.BY_TITLE.values().stream().sorted(BY_TITLE).toList()) {
      of(callee).ifPresent(procedure -> clauses.addAll(procedure.clauses()));
    }
    Stream.of(
            Attachment.CLAUSES,
            Unmounting.CLAUSES,
            NamespaceCopy.CLAUSES,
            Entry.CLAUSES,
            PropagationType.CLAUSES,
            PivotRoot.CLAUSES,
            NamespaceCall.CLAUSES)
        .forEach(clauses::addAll);
    return clauses;
  }

  /**
   * A task starts another.
   *
   * @throws Inexpressible if it is started through a program that is not known
   */
  public static State started(State state, Event.Started started) {
    State next = state.fork();
    Start.of(next, started);
    next.settle();
    return next;
  }

  /** A task ends. */
  public static State ended(State state, String task) {
    State next = state.fork();
    Task ended = next.task(task);
    next.tasks.remove(task);
    if (next.tasks.values().stream().noneMatch(other -> other.table == ended.table)) {
      next.files.values().removeIf(file -> file.table == ended.table);
    }
    next.settle();
    return next;
  }

  /**
   * Somebody has looked at a task from outside, who entered its mount namespace for that: what was
   * gone through is not unused (MNT_EXPIRE).
   */
  public static State lookedAt(State state, String task) {
    Mount entered = state.task(task).namespace.entrance().mount();
    if (!entered.expiring) {
      return state;
    }
    State next = state.fork();
    next.apply(Map.of(entered.number, false));
    return next;
  }

  /** A task seen from outside. */
  public static Look look(State state, String task) {
    return new Look(state, state.task(task));
  }
}
