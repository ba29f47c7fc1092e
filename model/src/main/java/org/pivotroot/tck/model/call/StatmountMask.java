package org.pivotroot.tck.model.call;

/** What statmount(2) is asked for. */
public enum StatmountMask implements Flag {
  STATMOUNT_SB_BASIC(1),
  STATMOUNT_MNT_BASIC(2),
  STATMOUNT_PROPAGATE_FROM(4),
  STATMOUNT_MNT_ROOT(8),
  STATMOUNT_MNT_POINT(0x10),
  STATMOUNT_FS_TYPE(0x20),
  STATMOUNT_MNT_NS_ID(0x40),
  STATMOUNT_MNT_OPTS(0x80);

  private final long bit;

  StatmountMask(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
