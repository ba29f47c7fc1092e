package org.pivotroot.tck.model.call;

/** Events of inotify(7). */
public enum InotifyEvent implements Flag {
  IN_OPEN(0x20),
  IN_CREATE(0x100),
  IN_DELETE(0x200),
  IN_DELETE_SELF(0x400),
  IN_MOVE_SELF(0x800),
  IN_UNMOUNT(0x2000),
  IN_Q_OVERFLOW(0x4000),
  IN_IGNORED(0x8000),
  IN_ISDIR(0x40000000);

  private final long bit;

  InotifyEvent(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
