package org.pivotroot.tck.harness.session;

import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Outcome;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Rule;

/**
 * What the specification says of a session: it goes along as far as it can speak of what happens
 * and agrees with the guest.
 */
final class Foretelling {
  private State state;
  private String lostBecause = "";

  private Foretelling(State state, String lostBecause) {
    this.state = state;
    this.lostBecause = lostBecause;
  }

  /**
   * At the beginning of a session.
   *
   * @param release of the kernel; empty for an implementation that is not Linux
   */
  static Foretelling of(Optional<String> release, Setting setting) {
    return release
        .map(
            text ->
                new Foretelling(
                    Specification.initial(Kernel.of(text), setting.specified(), Setting.FIRST), ""))
        .orElseGet(() -> new Foretelling(null, "it speaks of Linux alone"));
  }

  /**
   * What it says of a step that happened.
   *
   * @param refusing the checks that speak against the call, in order
   * @param otherwise what it says instead of what happened; empty if it agrees
   * @param silent why it says nothing; empty if it speaks
   */
  record Opinion(List<Rule> refusing, String otherwise, String silent) {
    static final Opinion NONE = new Opinion(List.of(), "", "");
  }

  Opinion of(Event event) {
    if (state == null) {
      return new Opinion(List.of(), "", lostBecause);
    }
    try {
      if (event instanceof Event.Called called) {
        return called(called);
      }
      if (event instanceof Event.Started started) {
        state = Specification.started(state, started);
      } else if (event instanceof Event.Ended ended) {
        state = Specification.ended(state, ended.task());
      } else if (event instanceof Event.Ran ran) {
        throw new Inexpressible("the program " + ran.command().get(0));
      }
      return Opinion.NONE;
    } catch (Inexpressible inexpressible) {
      return lose("it does not speak of " + inexpressible.getMessage());
    }
  }

  private Opinion lose(String why) {
    state = null;
    lostBecause = why;
    return new Opinion(List.of(), "", why);
  }

  private Opinion called(Event.Called called) {
    Outcome outcome = Specification.step(state, called.task(), called.call());
    List<Rule> refusing =
        called.result() instanceof Result.Failed
            ? Specification.failing(state, called.task(), called.call())
            : List.of();
    if (agrees(outcome.prediction(), called.result())) {
      state = outcome.state();
      return new Opinion(refusing, "", "");
    }
    String said = said(outcome.prediction());
    lose("it said otherwise before: " + said);
    return new Opinion(List.of(), said, "");
  }

  private static String said(Prediction prediction) {
    return prediction instanceof Prediction.Fails fails
        ? fails.errnos().stream().map(Errno::name).sorted().toList()
            + ", as "
            + fails.because().says()
            + " ("
            + fails.because().cites()
            + ")"
        : "success";
  }

  private static boolean agrees(Prediction prediction, Result result) {
    if (prediction instanceof Prediction.Fails fails) {
      return result instanceof Result.Failed failed
          && Errno.of(failed.errno()).filter(fails.errnos()::contains).isPresent();
    }
    return !(result instanceof Result.Failed);
  }
}
