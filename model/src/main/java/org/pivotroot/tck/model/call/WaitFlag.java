package org.pivotroot.tck.model.call;

/** Flags of wait4(2). */
public enum WaitFlag implements Flag {
  WNOHANG(1),
  __WALL(0x40000000);

  private final long bit;

  WaitFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
