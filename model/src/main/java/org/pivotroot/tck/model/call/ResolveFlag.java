package org.pivotroot.tck.model.call;

/** How openat2(2) looks a path up. */
public enum ResolveFlag implements Flag {
  RESOLVE_NO_XDEV(1),
  RESOLVE_NO_MAGICLINKS(2),
  RESOLVE_NO_SYMLINKS(4),
  RESOLVE_BENEATH(8),
  RESOLVE_IN_ROOT(0x10),
  RESOLVE_CACHED(0x20);

  private final long bit;

  ResolveFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
