package org.pivotroot.tck.harness.wire;

/**
 * A system call of scenarios. {@link NativeArgument.Result} among its arguments stands for the
 * descriptor that the so-many-th call of the scenario to open one has opened, from 0.
 *
 * @param gives what it brings when it succeeds: one of the constants of this class
 */
public record PlayedCall(NativeCall call, int gives) {
  /** Its value. */
  public static final int VALUE = 0;

  /** A descriptor. */
  public static final int DESCRIPTOR = 1;

  /** A text in its memory, up to a null byte. */
  public static final int TEXT = 2;

  /** A struct statx in its memory. */
  public static final int PLACE = 3;

  /** The descriptor that it is given is none any more. */
  public static final int CLOSED = 4;
}
