package org.pivotroot.tck.model.call;

/** Flags of statmount(2). */
public enum StatmountFlag implements Flag {
  STATMOUNT_BY_FD(1);

  private final long bit;

  StatmountFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
