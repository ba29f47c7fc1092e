package org.pivotroot.tck.harness.task;

import org.pivotroot.tck.model.observation.Decision;

/** The kernel did something else than what is claimed. */
public final class ContradictionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Decision decision;

  private final boolean guestEnded;

  ContradictionException(Decision decision, String message) {
    this(decision, message, false);
  }

  /**
   * What contradicts the claim.
   *
   * @param guestEnded whether that was also the end of the guest
   */
  ContradictionException(Decision decision, String message, boolean guestEnded) {
    super(message);
    this.decision = decision;
    this.guestEnded = guestEnded;
  }

  /** Whether what contradicts the claim was also the end of the guest. */
  public boolean guestEnded() {
    return guestEnded;
  }

  /** What contradicts the claim. */
  public Decision decision() {
    return decision;
  }
}
