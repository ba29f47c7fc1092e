package org.pivotroot.tck.reports.store;

/** Something that the user must put right; the message says what, where and how. */
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public ReportException(String message) {
    super(message);
  }

  /** With a message for the user and what brought it about. */
  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
