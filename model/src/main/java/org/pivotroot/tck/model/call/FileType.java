package org.pivotroot.tck.model.call;

/** The type of a file, for mknod(2). */
public enum FileType implements Flag {
  S_IFIFO(0010000),
  S_IFCHR(0020000),
  S_IFDIR(0040000),
  S_IFREG(0100000);

  private final long bit;

  FileType(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
