package org.pivotroot.tck.model.call;

/** Flags of fanotify_mark(2): what is done, and to what kind of thing. */
public enum FanotifyMark implements Flag {
  FAN_MARK_ADD(1),
  FAN_MARK_REMOVE(2),
  FAN_MARK_MNTNS(0x110);

  private final long bit;

  FanotifyMark(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
