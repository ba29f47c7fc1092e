package org.pivotroot.tck.model.call;

/** Flags of open_tree(2), besides those of {@link AtFlag}. */
public enum OpenTreeFlag implements Flag {
  OPEN_TREE_CLONE(1),
  OPEN_TREE_NAMESPACE(2),
  OPEN_TREE_CLOEXEC(0x80000);

  private final long bit;

  OpenTreeFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
