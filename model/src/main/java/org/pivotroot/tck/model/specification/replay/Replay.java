package org.pivotroot.tck.model.specification.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.specification.Look;
import org.pivotroot.tck.model.specification.Outcome;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.Stage;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;

/** Goes through the events of a recording and says whether the specification foretells them. */
public final class Replay {
  /** What the specification does not speak of but changes nothing that it speaks of. */
  private static final Set<Callee> WITHOUT_EFFECT =
      Set.of(
          Syscall.READ,
          Syscall.POLL,
          Syscall.SCHED_SETAFFINITY,
          Syscall.INOTIFY_ADD_WATCH,
          Syscall.FANOTIFY_MARK,
          LibraryFunction.DLSYM,
          LibraryFunction.SETENV,
          LibraryFunction.UNSETENV,
          LibraryFunction.GET_CURRENT_DIR_NAME);

  private final Bijection bijection = new Bijection();
  private final Set<Clause> met = new LinkedHashSet<>();
  private State state;
  private int judged;

  private Replay(State state) {
    this.state = state;
  }

  /**
   * Holds a recording against the specification.
   *
   * @param met takes what the calls came by
   */
  public static Verdict of(Kernel kernel, Stage stage, List<Event> events, Set<Clause> met) {
    Optional<String> first = events.stream().flatMap(Replay::taskOf).findFirst();
    if (first.isEmpty()) {
      return new Verdict.Agrees(events.size(), 0);
    }
    Replay replay = new Replay(Specification.initial(kernel, stage, first.get()));
    Verdict verdict = replay.through(events);
    met.addAll(replay.met);
    return verdict;
  }

  private Verdict through(List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      try {
        Difference difference = event.accept(new Judge());
        if (difference != null) {
          return new Verdict.Differs(i + 1, event, difference.predicted, difference.recorded);
        }
      } catch (Inexpressible inexpressible) {
        return new Verdict.CannotExpress(i + 1, event, inexpressible.getMessage());
      }
      forgetEnded();
    }
    return new Verdict.Agrees(events.size(), judged);
  }

  private void forgetEnded() {
    bijection.keep(Bijection.Kind.MOUNT, state.mountNumbers()::contains);
    bijection.keep(Bijection.Kind.DEVICE, state.fileSystemNumbers()::contains);
    bijection.keepInodesOf(state.fileSystemNumbers());
    bijection.keep(Bijection.Kind.PEERS, state.groupNumbers()::contains);
    bijection.keep(Bijection.Kind.NAMESPACE, state.namespaceNumbers()::contains);
  }

  private record Difference(String predicted, String recorded) {}

  private static Stream<String> taskOf(Event event) {
    return event.accept(
        new Event.Visitor<>() {
          @Override
          public Stream<String> called(Event.Called called) {
            return Stream.of(called.task());
          }

          @Override
          public Stream<String> deepened(Event.Deepened deepened) {
            return Stream.of(deepened.task());
          }

          @Override
          public Stream<String> ran(Event.Ran ran) {
            return Stream.of(ran.task());
          }

          @Override
          public Stream<String> started(Event.Started started) {
            return Stream.of(started.task());
          }

          @Override
          public Stream<String> ended(Event.Ended ended) {
            return Stream.of(ended.task());
          }

          @Override
          public Stream<String> looked(Event.Looked looked) {
            return Stream.of(looked.task()).filter(task -> !isProcessNumber(task));
          }

          @Override
          public Stream<String> noted(Event.Noted noted) {
            return Stream.empty();
          }
        });
  }

  private static boolean isProcessNumber(String task) {
    return task.chars().allMatch(Character::isDigit);
  }

  /** Judges one event; null for agreement. */
  private final class Judge implements Event.Visitor<Difference> {
    @Override
    public Difference called(Event.Called called) {
      if (WITHOUT_EFFECT.contains(called.call().callee())) {
        return null;
      }
      if (called.result() instanceof Result.Unanswered) {
        throw new Inexpressible("a guest that was lost");
      }
      return call(called.task(), called.call(), called.result());
    }

    @Override
    public Difference deepened(Event.Deepened deepened) {
      Result done = new Result.Returned(0);
      Value directory = Value.text(deepened.directory());
      Call mkdir = Call.of(Syscall.MKDIR, directory, Value.number(0755));
      Call chdir = Call.of(Syscall.CHDIR, directory);
      for (int i = 0; i < deepened.times(); i++) {
        Difference made = call(deepened.task(), mkdir, done);
        Difference entered = made == null ? call(deepened.task(), chdir, done) : made;
        if (entered != null) {
          return entered;
        }
      }
      return null;
    }

    @Override
    public Difference ran(Event.Ran ran) {
      throw new Inexpressible("the program " + ran.command().get(0));
    }

    @Override
    public Difference started(Event.Started started) {
      state = Specification.started(state, started);
      return null;
    }

    @Override
    public Difference ended(Event.Ended ended) {
      state = Specification.ended(state, ended.task());
      return null;
    }

    @Override
    public Difference looked(Event.Looked looked) {
      if (isProcessNumber(looked.task()) && !state.taskNames().contains(looked.task())) {
        // A process that is none of the tasks spoken of.
        return null;
      }
      judged++;
      Look look = Specification.look(state, looked.task());
      state = Specification.lookedAt(state, looked.task());
      Sight sight = looked.sight();
      if (sight instanceof Sight.Root root) {
        return unless(bijection.matches(look.root(), root.value()), look.root(), sight);
      }
      if (sight instanceof Sight.Cwd cwd) {
        return unless(bijection.matches(look.cwd(), cwd.value()), look.cwd(), sight);
      }
      if (sight instanceof Sight.Mounts mounts) {
        return unless(bijection.matches(look.mounts(), mounts.value()), look.mounts(), sight);
      }
      if (sight instanceof Sight.Tree tree) {
        return unless(bijection.matches(look.tree(), tree.value()), look.tree(), sight);
      }
      Sight.Whole whole = (Sight.Whole) sight;
      return unless(bijection.matches(look.view(), whole.value()), look.view(), sight);
    }

    @Override
    public Difference noted(Event.Noted noted) {
      return null;
    }

    private Difference unless(boolean matches, Object predicted, Sight recorded) {
      return matches
          ? null
          : new Difference(String.valueOf(predicted), String.valueOf(recorded.value()));
    }

    private Difference call(String task, Call call, Result recorded) {
      Outcome outcome = Specification.step(state, task, call);
      state = outcome.state();
      met.addAll(outcome.met());
      judged++;
      return matches(outcome.prediction(), recorded)
          ? null
          : new Difference(String.valueOf(outcome.prediction()), String.valueOf(recorded));
    }

    private boolean matches(Prediction prediction, Result recorded) {
      if (prediction instanceof Prediction.Fails fails) {
        return recorded instanceof Result.Failed failed
            && Errno.of(failed.errno()).filter(fails.errnos()::contains).isPresent();
      }
      Result predicted = ((Prediction.Returns) prediction).result();
      if (predicted instanceof Result.Identified here
          && recorded instanceof Result.Identified there) {
        return bijection.matches(here.file(), there.file());
      }
      if (predicted instanceof Result.Allocated here
          && recorded instanceof Result.Allocated there) {
        return here.text().equals(there.text());
      }
      return predicted.equals(recorded);
    }
  }
}
