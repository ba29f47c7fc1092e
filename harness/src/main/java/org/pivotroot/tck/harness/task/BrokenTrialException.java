package org.pivotroot.tck.harness.task;

/** A step that only prepares the trial failed, so nothing was learnt about the claim. */
public final class BrokenTrialException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenTrialException(String message) {
    super(message);
  }
}
