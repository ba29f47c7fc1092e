package org.pivotroot.tck.harness.claim;

/** What was asked for cannot be run; the message says what and why. */
public final class SelectionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public SelectionException(String message) {
    super(message);
  }
}
