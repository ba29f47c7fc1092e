package org.pivotroot.tck.harness.environment;

/**
 * A target cannot run here, which says nothing of its kernel. The message says why, and what to
 * install or to set.
 */
public class TargetUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TargetUnavailableException(String message) {
    super(message);
  }

  TargetUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
