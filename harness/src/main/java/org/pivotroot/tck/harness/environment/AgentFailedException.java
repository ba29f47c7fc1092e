package org.pivotroot.tck.harness.environment;

/** The agent could not carry a request out. What the request left behind is unknown. */
public final class AgentFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what it could not do. */
  public AgentFailedException(String message) {
    super(message);
  }
}
