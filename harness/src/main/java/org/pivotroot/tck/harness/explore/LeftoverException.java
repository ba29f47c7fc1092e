package org.pivotroot.tck.harness.explore;

/** Scenarios have left something behind in their guest. */
final class LeftoverException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeftoverException(String what) {
    super(what);
  }
}
