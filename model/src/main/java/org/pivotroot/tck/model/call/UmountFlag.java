package org.pivotroot.tck.model.call;

/** Flags of umount2(2). */
public enum UmountFlag implements Flag {
  MNT_FORCE(1),
  MNT_DETACH(2),
  MNT_EXPIRE(4),
  UMOUNT_NOFOLLOW(8);

  private final long bit;

  UmountFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
