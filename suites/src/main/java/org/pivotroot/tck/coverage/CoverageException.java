package org.pivotroot.tck.coverage;

/**
 * Coverage cannot be measured: a page, a map or a lock file is not as it must be. The message is
 * meant for whoever started the run.
 */
public final class CoverageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that is fit to be shown as it is. */
  public CoverageException(String message) {
    super(message);
  }

  /** An exception with a message that is fit to be shown as it is, and what led to it. */
  public CoverageException(String message, Throwable cause) {
    super(message, cause);
  }
}
