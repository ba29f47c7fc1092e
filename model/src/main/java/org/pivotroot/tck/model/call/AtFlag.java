package org.pivotroot.tck.model.call;

/** Flags of the calls that look a path up from a descriptor. */
public enum AtFlag implements Flag {
  AT_SYMLINK_NOFOLLOW(0x100),
  AT_NO_AUTOMOUNT(0x800),
  AT_EMPTY_PATH(0x1000),
  AT_RECURSIVE(0x8000);

  private final long bit;

  AtFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
