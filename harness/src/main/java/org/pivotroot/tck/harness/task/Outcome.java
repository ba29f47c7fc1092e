package org.pivotroot.tck.harness.task;

import java.util.Objects;

/**
 * What a call came to. A claim says what it must be; {@link #succeeds}, {@link #fails}, {@link #is}
 * and {@link #isNot} contradict the claim when it is not. A call that fails without the claim
 * having said anything about it breaks the trial: preparation must work.
 */
public final class Outcome<T> {
  private final Trial trial;
  private final String line;
  private final T value;
  private final Errno errno;
  private final String trace;
  private boolean examined;

  Outcome(Trial trial, String line, T value, Errno errno, String trace) {
    this.trial = trial;
    this.line = line;
    this.value = value;
    this.errno = errno;
    this.trace = trace;
  }

  /** A claim is contradicted only if all that prepared it worked. */
  private ContradictionException contradiction(String otherwise) {
    trial.settle();
    return new ContradictionException(line + otherwise);
  }

  boolean isUnexaminedFailure() {
    return errno != null && !examined;
  }

  String line() {
    return line;
  }

  /** The call must have succeeded, by the claim. */
  public Outcome<T> succeeds() {
    examined = true;
    if (errno != null) {
      throw contradiction(" where success is claimed");
    }
    return this;
  }

  /** The call must have failed with this error and must have changed nothing, by the claim. */
  public void fails(Errno expected) {
    examined = true;
    if (errno != expected) {
      throw contradiction(" where " + expected + " is claimed");
    }
    leavesNoTrace();
  }

  /** The call must have failed, with whatever error, and must have changed nothing. */
  public void fails() {
    examined = true;
    if (errno == null) {
      throw contradiction(" where failure is claimed");
    }
    leavesNoTrace();
  }

  private void leavesNoTrace() {
    if (!trace.isEmpty()) {
      throw contradiction(" but it changed " + trace);
    }
  }

  /** The call must have returned this, by the claim. */
  public void is(T expected) {
    succeeds();
    if (!Objects.equals(value, expected)) {
      throw contradiction(" where " + trial.names.of(expected) + " is claimed");
    }
  }

  /** The call must have returned something else, by the claim. */
  public void isNot(T unexpected) {
    succeeds();
    if (Objects.equals(value, unexpected)) {
      throw contradiction(" where something else is claimed");
    }
  }

  /** What the call returned, where its success is preparation and no part of the claim. */
  public T value() {
    if (errno != null) {
      throw trial.broken(this);
    }
    return value;
  }

  /**
   * The error's name, or {@code success}; for facts and for claims on which of several is right.
   */
  public String verdict() {
    examined = true;
    return errno == null ? "success" : errno.name();
  }

  /** Whether the call failed with this error. */
  public boolean failedWith(Errno error) {
    examined = true;
    return errno == error;
  }
}
