package org.pivotroot.tck.model.specification.rule;

/** What a step of a call finds out and later steps ask for. */
public final class Found<T> {
  private T value;

  /** Later steps ask for something that an earlier one, having failed, did not find out. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing() {
      super(null, null, false, false);
    }
  }

  /** Found out. */
  public void is(T found) {
    value = found;
  }

  /** What was found. */
  public T get() {
    if (value == null) {
      throw new Missing();
    }
    return value;
  }
}
