package org.pivotroot.tck.model.call;

/** Flags of fanotify_init(2). */
public enum FanotifyFlag implements Flag {
  FAN_CLOEXEC(1),
  FAN_NONBLOCK(2),
  FAN_REPORT_FID(0x200),
  FAN_REPORT_MNT(0x4000);

  private final long bit;

  FanotifyFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
