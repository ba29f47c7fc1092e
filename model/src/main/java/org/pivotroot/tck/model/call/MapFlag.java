package org.pivotroot.tck.model.call;

/** Flags of mmap(2). */
public enum MapFlag implements Flag {
  MAP_SHARED(1),
  MAP_PRIVATE(2);

  private final long bit;

  MapFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
