package org.pivotroot.tck.model.call;

/** Flags of fsopen(2). */
public enum FsopenFlag implements Flag {
  FSOPEN_CLOEXEC(1);

  private final long bit;

  FsopenFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
