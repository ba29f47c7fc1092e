package org.pivotroot.tck.model.call;

/** Flags of fsmount(2). */
public enum FsmountFlag implements Flag {
  FSMOUNT_CLOEXEC(1),
  FSMOUNT_NAMESPACE(2);

  private final long bit;

  FsmountFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
