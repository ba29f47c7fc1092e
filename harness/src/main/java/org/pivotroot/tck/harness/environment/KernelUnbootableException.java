package org.pivotroot.tck.harness.environment;

/** A kernel does not get as far as the agent, while nothing is wrong with the host. */
public final class KernelUnbootableException extends TargetUnavailableException {
  private static final long serialVersionUID = 1;

  KernelUnbootableException(String message, Throwable cause) {
    super(message, cause);
  }
}
