package org.pivotroot.tck.reports.explain;

/**
 * A cause, judged for one call.
 *
 * @param cause the cause
 * @param state whether it is there
 * @param detail what was looked at
 */
public record Finding(Cause cause, State state, String detail) {
  /** Whether a cause is there. */
  public enum State {
    /** It is not. */
    FINE,
    /** It is, and the call fails. */
    FAILS,
    /** It cannot be seen from where we look. */
    UNSEEN
  }
}
