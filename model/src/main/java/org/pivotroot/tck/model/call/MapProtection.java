package org.pivotroot.tck.model.call;

/** What a mapping of mmap(2) may be used for. */
public enum MapProtection implements Flag {
  PROT_READ(1),
  PROT_WRITE(2),
  PROT_EXEC(4);

  private final long bit;

  MapProtection(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
