package org.pivotroot.tck.model.specification.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a call does: steps in order. The first check that fails ends it.
 *
 * @param <C> what the steps work on
 */
public final class Procedure<C extends Journal> {
  private final String title;
  private final List<Step<C>> steps;

  private Procedure(String title, List<Step<C>> steps) {
    this.title = title;
    this.steps = List.copyOf(steps);
  }

  /** One without steps. */
  public static <C extends Journal> Procedure<C> of(String title) {
    return new Procedure<>(title, List.of());
  }

  private Procedure<C> and(Step<C> step) {
    List<Step<C>> more = new ArrayList<>(steps);
    more.add(step);
    return new Procedure<>(title, more);
  }

  /** A check: fails where the test holds, if the kernel makes it. */
  public Procedure<C> check(Rule rule, Predicate<C> test) {
    return and(new Check<>(rule, test));
  }

  /** Finds something out, on which the given clauses can be met, rules among them. */
  public Procedure<C> find(String says, List<? extends Clause> clauses, Consumer<C> action) {
    return and(new Find<>(says, List.copyOf(clauses), action));
  }

  /** Steps that other calls have too. */
  public <D extends Journal> Procedure<C> part(Procedure<D> part, Function<C, D> of) {
    return and(new Part<>(part, of));
  }

  /** The call succeeds here already where the test holds. */
  public Procedure<C> done(Branch branch, Predicate<C> test, Consumer<C> effect) {
    return and(new Done<>(branch, test, effect));
  }

  /** Something is done. */
  public Procedure<C> effect(Branch branch, Consumer<C> effect) {
    return and(new Effect<>(branch, effect));
  }

  /** The first of several that applies, and nothing if none does. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Procedure<C> choose(Choice<C>... choices) {
    return and(new Choose<>(List.of(choices)));
  }

  /** What it is the procedure of. */
  public String title() {
    return title;
  }

  /** Its steps in order, for whoever writes them down. */
  public List<Step<C>> steps() {
    return steps;
  }

  /** All its clauses in order, those of its parts included. */
  public List<Clause> clauses() {
    return steps.stream().flatMap(step -> step.clauses().stream()).distinct().toList();
  }

  /**
   * Goes through it.
   *
   * @return whether it came to its end; otherwise the call is done
   * @throws Refused by the first check that fails
   */
  public boolean run(C on) {
    for (Step<C> step : steps) {
      if (!step.run(on)) {
        return false;
      }
    }
    return true;
  }

  /**
   * All checks that fail, in order, as far as they can be made when earlier ones have failed.
   *
   * @return whether it came to an effect; nothing is to be examined behind that
   */
  public boolean examine(C on, Consumer<Rule> failing) {
    for (Step<C> step : steps) {
      try {
        if (step.examine(on, failing)) {
          return true;
        }
      } catch (Refused refused) {
        failing.accept(refused.rule());
      } catch (Found.Missing missing) {
        // Later steps may not need what an earlier one failed to find.
      }
    }
    return false;
  }

  /** One of the procedures that a call chooses from. */
  public record Choice<C extends Journal>(String says, Predicate<C> when, Procedure<C> procedure) {}

  /** A step of a procedure. */
  public sealed interface Step<C extends Journal> {
    /** In a sentence. */
    String says();

    /** What can be met in it. */
    List<Clause> clauses();

    /** Whether to go on. */
    boolean run(C on);

    /** Whether an effect was reached. */
    boolean examine(C on, Consumer<Rule> failing);
  }

  /** A check. */
  public record Check<C extends Journal>(Rule rule, Predicate<C> test) implements Step<C> {
    @Override
    public String says() {
      return rule.says();
    }

    @Override
    public List<Clause> clauses() {
      return List.of(rule);
    }

    @Override
    public boolean run(C on) {
      if (rule.isMadeBy(on.kernel()) && test.test(on)) {
        throw new Refused(rule);
      }
      return true;
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      run(on);
      return false;
    }
  }

  /** Finding something out. */
  public record Find<C extends Journal>(String says, List<Clause> clauses, Consumer<C> action)
      implements Step<C> {
    @Override
    public boolean run(C on) {
      action.accept(on);
      return true;
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      action.accept(on);
      return false;
    }
  }

  /** Steps that other calls have too. */
  public record Part<C extends Journal, D extends Journal>(
      Procedure<D> procedure, Function<C, D> of) implements Step<C> {
    @Override
    public String says() {
      return procedure.title();
    }

    @Override
    public List<Clause> clauses() {
      return procedure.clauses();
    }

    @Override
    public boolean run(C on) {
      return procedure.run(of.apply(on));
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      return procedure.examine(of.apply(on), failing);
    }
  }

  /** An early success. */
  public record Done<C extends Journal>(Branch branch, Predicate<C> test, Consumer<C> effect)
      implements Step<C> {
    @Override
    public String says() {
      return branch.says();
    }

    @Override
    public List<Clause> clauses() {
      return List.of(branch);
    }

    @Override
    public boolean run(C on) {
      if (!test.test(on)) {
        return true;
      }
      on.met(branch);
      effect.accept(on);
      return false;
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      return test.test(on);
    }
  }

  /** Something that is done. */
  public record Effect<C extends Journal>(Branch branch, Consumer<C> effect) implements Step<C> {
    @Override
    public String says() {
      return branch.says();
    }

    @Override
    public List<Clause> clauses() {
      return List.of(branch);
    }

    @Override
    public boolean run(C on) {
      on.met(branch);
      effect.accept(on);
      return true;
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      return true;
    }
  }

  /** A choice. */
  public record Choose<C extends Journal>(List<Choice<C>> choices) implements Step<C> {
    private Stream<Choice<C>> chosen(C on) {
      return choices.stream().filter(choice -> choice.when().test(on)).limit(1);
    }

    @Override
    public String says() {
      return "the first of these that applies";
    }

    @Override
    public List<Clause> clauses() {
      return choices.stream().flatMap(choice -> choice.procedure().clauses().stream()).toList();
    }

    @Override
    public boolean run(C on) {
      return chosen(on).allMatch(choice -> choice.procedure().run(on));
    }

    @Override
    public boolean examine(C on, Consumer<Rule> failing) {
      return chosen(on).anyMatch(choice -> choice.procedure().examine(on, failing));
    }
  }
}
