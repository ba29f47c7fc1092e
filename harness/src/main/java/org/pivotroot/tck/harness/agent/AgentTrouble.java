package org.pivotroot.tck.harness.agent;

/** The agent cannot do its own work; answered as {@code Reply.Failed}. */
final class AgentTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  AgentTrouble(String message) {
    super(message);
  }
}
