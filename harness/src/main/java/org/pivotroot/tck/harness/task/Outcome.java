package org.pivotroot.tck.harness.task;

import java.util.Objects;

/**
 * What a call came to. A claim says what it must be; {@link #succeeds}, {@link #fails}, {@link #is}
 * and {@link #isNot} contradict the claim when it is not. A call that fails without the claim
 * having said anything about it breaks the trial: preparation must work.
 *
 * <p>The call itself is made when its outcome is first asked for, together with those that wait
 * before it.
 */
public final class Outcome<T> {
  /**
   * What is known once the call was made.
   *
   * @param line how the transcript shows it
   * @param value what it returned; null if it failed
   * @param errno null unless it failed
   * @param trace what a failure has changed, in words; empty if nothing
   */
  record Known<T>(String line, T value, Errno errno, String trace) {}

  private final Trial trial;
  private Known<T> known;
  private boolean examined;

  /** Of a call that waits to be made. */
  Outcome(Trial trial) {
    this.trial = trial;
  }

  /** The call was made. */
  void becomes(Known<T> made) {
    known = made;
  }

  /** Has the call made if it still waits. */
  private Known<T> known() {
    if (known == null) {
      trial.makeWaitingCalls();
    }
    return known;
  }

  /** A claim is contradicted only if all that prepared it worked. */
  private ContradictionException contradiction(String otherwise) {
    trial.settle();
    return new ContradictionException(known().line() + otherwise);
  }

  boolean isUnexaminedFailure() {
    return known().errno() != null && !examined;
  }

  String line() {
    return known().line();
  }

  /** The call must have succeeded, by the claim. */
  public Outcome<T> succeeds() {
    examined = true;
    if (known().errno() != null) {
      throw contradiction(" where success is claimed");
    }
    return this;
  }

  /** The call must have failed with this error and must have changed nothing, by the claim. */
  public void fails(Errno expected) {
    examined = true;
    if (known().errno() != expected) {
      throw contradiction(" where " + expected + " is claimed");
    }
    leavesNoTrace();
  }

  /** The call must have failed, with whatever error, and must have changed nothing. */
  public void fails() {
    examined = true;
    if (known().errno() == null) {
      throw contradiction(" where failure is claimed");
    }
    leavesNoTrace();
  }

  private void leavesNoTrace() {
    if (!known().trace().isEmpty()) {
      throw contradiction(" but it changed " + known().trace());
    }
  }

  /** The call must have returned this, by the claim. */
  public void is(T expected) {
    succeeds();
    if (!Objects.equals(known().value(), expected)) {
      throw contradiction(" where " + trial.names.of(expected) + " is claimed");
    }
  }

  /** The call must have returned something else, by the claim. */
  public void isNot(T unexpected) {
    succeeds();
    if (Objects.equals(known().value(), unexpected)) {
      throw contradiction(" where something else is claimed");
    }
  }

  /** What the call returned, where its success is preparation and no part of the claim. */
  public T value() {
    if (known().errno() != null) {
      throw trial.broken(this);
    }
    return known().value();
  }

  /**
   * The error's name, or {@code success}; for facts and for claims on which of several is right.
   */
  public String verdict() {
    examined = true;
    return known().errno() == null ? "success" : known().errno().name();
  }

  /** Whether the call failed with this error. */
  public boolean failedWith(Errno error) {
    examined = true;
    return known().errno() == error;
  }
}
