package org.pivotroot.tck.harness.environment;

/** The guest cannot be used any more: its kernel panicked or hangs, or the agent is gone. */
public final class GuestLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GuestLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
