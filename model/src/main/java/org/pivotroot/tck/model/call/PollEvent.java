package org.pivotroot.tck.model.call;

/** Events of poll(2). */
public enum PollEvent implements Flag {
  POLLIN(1),
  POLLPRI(2),
  POLLOUT(4),
  POLLERR(8),
  POLLHUP(0x10);

  private final long bit;

  PollEvent(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
