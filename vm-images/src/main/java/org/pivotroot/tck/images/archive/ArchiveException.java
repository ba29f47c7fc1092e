package org.pivotroot.tck.images.archive;

/**
 * Something could not be had from the archive, or not be trusted. The message is meant for whoever
 * started the run: it names the file, where it was looked for, and the way out.
 */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean absent;

  /** An exception with a message that is fit to be shown as it is. */
  public ArchiveException(String message) {
    this(message, null, false);
  }

  /** An exception with a message that is fit to be shown as it is, and what led to it. */
  public ArchiveException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private ArchiveException(String message, Throwable cause, boolean absent) {
    super(message, cause);
    this.absent = absent;
  }

  static ArchiveException absent(String message) {
    return new ArchiveException(message, null, true);
  }

  /**
   * Whether the archive answered and does not have the file: another version may still be there.
   */
  public boolean absent() {
    return absent;
  }
}
