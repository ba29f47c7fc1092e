package org.pivotroot.tck.model.call;

/** Flags of inotify_init1(2). */
public enum InotifyFlag implements Flag {
  IN_NONBLOCK(0x800),
  IN_CLOEXEC(0x80000);

  private final long bit;

  InotifyFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
