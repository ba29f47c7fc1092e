package org.pivotroot.tck.model.call;

/** Flags of fspick(2). */
public enum FspickFlag implements Flag {
  FSPICK_CLOEXEC(1),
  FSPICK_SYMLINK_NOFOLLOW(2),
  FSPICK_NO_AUTOMOUNT(4),
  FSPICK_EMPTY_PATH(8);

  private final long bit;

  FspickFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
