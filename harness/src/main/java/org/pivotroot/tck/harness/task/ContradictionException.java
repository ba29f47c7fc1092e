package org.pivotroot.tck.harness.task;

/** The kernel did not do what the claim says. */
public final class ContradictionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ContradictionException(String message) {
    super(message);
  }
}
