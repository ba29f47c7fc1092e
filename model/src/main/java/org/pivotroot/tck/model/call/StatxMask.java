package org.pivotroot.tck.model.call;

/** What statx(2) is asked for. */
public enum StatxMask implements Flag {
  STATX_BASIC_STATS(0x7ff),
  STATX_MNT_ID(0x1000),
  STATX_MNT_ID_UNIQUE(0x4000);

  private final long bit;

  StatxMask(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
