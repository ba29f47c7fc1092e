package org.pivotroot.tck.model.specification.rule;

/** The specification does not speak of this. */
public final class Inexpressible extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what it does not speak of. */
  public Inexpressible(String what) {
    super(what, null, false, false);
  }
}
