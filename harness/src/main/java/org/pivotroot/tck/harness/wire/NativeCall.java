package org.pivotroot.tck.harness.wire;

import java.util.List;

/**
 * One call of a function of the guest's C library; a raw system call is a call of {@code syscall}.
 *
 * @param yields what its result is: one of the constants of this class
 */
public record NativeCall(String function, int yields, List<NativeArgument> arguments) {
  /** A number; -1 tells of failure. */
  public static final int NUMBER = 0;

  /**
   * A pointer; null tells of failure. Answered as -1 then, else as 1 if it is the first memory
   * among the arguments, and as 2 if it is not.
   */
  public static final int ITS_MEMORY = 1;

  /**
   * A pointer to a text that it has allocated; null tells of failure. The text is answered as one
   * more memory, and the pointer as the bytes that malloc_usable_size(3) tells of it, or -1. It is
   * freed.
   */
  public static final int ALLOCATED_TEXT = 2;

  /** A number of 32 bits, as most functions of the C library return it; -1 tells of failure. */
  public static final int INT = 3;

  /** A raw system call. */
  public static NativeCall syscall(List<NativeArgument> numberAndArguments) {
    return new NativeCall("syscall", NUMBER, numberAndArguments);
  }
}
