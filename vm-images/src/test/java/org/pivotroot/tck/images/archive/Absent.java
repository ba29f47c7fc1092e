package org.pivotroot.tck.images.archive;

/** Lets tests of other packages say that the archive no longer has a file. */
public final class Absent {
  private Absent() {}

  /** What {@link Archive#fetch} throws then. */
  public static ArchiveException exception(String message) {
    return ArchiveException.absent(message);
  }
}
