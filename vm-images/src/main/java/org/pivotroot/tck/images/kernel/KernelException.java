package org.pivotroot.tck.images.kernel;

/**
 * A kernel that was asked for is unknown, or is none. The message is meant for whoever asked: it
 * names the series or file and what would do instead.
 */
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that is fit to be shown as it is. */
  public KernelException(String message) {
    super(message);
  }

  /** An exception with a message that is fit to be shown as it is, and what led to it. */
  public KernelException(String message, Throwable cause) {
    super(message, cause);
  }
}
