package org.pivotroot.tck.model.call;

/** Events of fanotify(7). A mount that is moved is attached and detached at once. */
public enum FanotifyEvent implements Flag {
  FAN_DELETE_SELF(0x400),
  FAN_Q_OVERFLOW(0x4000),
  FAN_MNT_ATTACH(0x1000000),
  FAN_MNT_DETACH(0x2000000);

  private final long bit;

  FanotifyEvent(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
