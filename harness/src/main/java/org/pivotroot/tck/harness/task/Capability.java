package org.pivotroot.tck.harness.task;

/** The capabilities(7) that claims drop, by their bits. */
public enum Capability {
  CAP_DAC_OVERRIDE(1),
  CAP_DAC_READ_SEARCH(2),
  CAP_SYS_CHROOT(18),
  CAP_SYS_ADMIN(21);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  long mask() {
    return 1L << bit;
  }
}
