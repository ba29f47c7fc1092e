package org.pivotroot.tck.harness.task;

/** The kernel lacks the thing that the claim speaks of. */
public final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotApplicableException(String message) {
    super(message);
  }
}
