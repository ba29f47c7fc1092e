package org.pivotroot.tck.harness.task;

import org.pivotroot.tck.model.observation.Decision;

/** The kernel did something else than what is claimed. */
public final class ContradictionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Decision decision;

  ContradictionException(Decision decision, String message) {
    super(message);
    this.decision = decision;
  }

  /** What contradicts the claim. */
  public Decision decision() {
    return decision;
  }
}
