package org.pivotroot.tck.model.call;

/** Flags of listmount(2). */
public enum ListmountFlag implements Flag {
  LISTMOUNT_REVERSE(1);

  private final long bit;

  ListmountFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
