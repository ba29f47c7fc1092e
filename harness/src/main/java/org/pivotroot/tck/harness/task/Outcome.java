package org.pivotroot.tck.harness.task;

import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.observation.Decision;

/**
 * What a call came to. A claim says what it must be; {@link #succeeds}, {@link #fails}, {@link #is}
 * and {@link #isNot} contradict the claim when it is not. A call that fails without the claim
 * having said anything about it breaks the trial: preparation must work.
 *
 * <p>The call itself is made when its outcome is first asked for, together with those that wait
 * before it.
 */
public final class Outcome<T> {
  private final Trial trial;
  private final Step<T> step;

  Outcome(Trial trial, Step<T> step) {
    this.trial = trial;
    this.step = step;
  }

  /** Has the call made if it still waits. */
  private Step<T> made() {
    if (!step.isMade()) {
      trial.makeWaitingCalls();
    }
    return step;
  }

  /** A claim is contradicted only if all that prepared it worked. */
  ContradictionException contradiction(String otherwise) {
    trial.settle();
    Decision decision = new Decision(made().event(), otherwise);
    return new ContradictionException(decision, decision.in(trial.events()));
  }

  private String shown(T value) {
    return String.valueOf(
        value instanceof Result result ? result.named(trial.names()) : trial.names().of(value));
  }

  /** The call must have succeeded, by the claim. */
  public Outcome<T> succeeds() {
    step.examine();
    if (made().failure() != null) {
      throw contradiction("where success is claimed");
    }
    return this;
  }

  /** The call must have failed with this error and must have changed nothing, by the claim. */
  public void fails(Errno expected) {
    step.examine();
    if (!isFailure(expected)) {
      throw contradiction("where " + expected + " is claimed");
    }
    leavesNoTrace();
  }

  private boolean isFailure(Errno error) {
    return made().failure() != null && made().failure().errno() == error.number();
  }

  /** The call must have failed, with whatever error, and must have changed nothing. */
  public void fails() {
    step.examine();
    if (made().failure() == null) {
      throw contradiction("where failure is claimed");
    }
    leavesNoTrace();
  }

  private void leavesNoTrace() {
    if (!made().trace().isEmpty()) {
      throw contradiction("but it changed " + made().trace());
    }
  }

  /** The call must have returned this, by the claim. */
  public void is(T expected) {
    succeeds();
    if (!Identity.same(made().value(), expected)) {
      throw contradiction("where " + shown(expected) + " is claimed");
    }
  }

  /** The call must have returned something else, by the claim. */
  public void isNot(T unexpected) {
    succeeds();
    if (Identity.same(made().value(), unexpected)) {
      throw contradiction("where something else is claimed");
    }
  }

  /** The call must have succeeded: else the claim, which presupposes that, says nothing here. */
  public Outcome<T> given() {
    step.examine();
    presuppose(made().failure() == null);
    return this;
  }

  /** The call must have failed with this error: else the claim says nothing here. */
  public void given(Errno expected) {
    step.examine();
    presuppose(isFailure(expected));
  }

  private void presuppose(boolean holds) {
    trial.settle();
    if (!holds) {
      throw new NotApplicableException("what the claim presupposes: " + trial.line(step));
    }
  }

  /** What the call returned, where its success is preparation and no part of the claim. */
  public T value() {
    if (made().failure() != null) {
      throw trial.broken(step);
    }
    return made().value();
  }

  /**
   * The error's name, or {@code success}; for facts and for claims on which of several is right.
   */
  public String verdict() {
    step.examine();
    return made().failure() == null ? "success" : made().failure().name();
  }

  /** Whether the call failed with this error. */
  public boolean failedWith(Errno error) {
    step.examine();
    return isFailure(error);
  }
}
