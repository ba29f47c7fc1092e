package org.pivotroot.tck.harness.wire;

/** One argument of a call as the agent passes it to the C library. */
public sealed interface NativeArgument {

  /** A number, or an address that is to be passed as it is. */
  record Word(long value) implements NativeArgument {}

  /** A pointer to the text in UTF-8 with a NUL behind it. */
  record Text(String value) implements NativeArgument {}

  /** A pointer to memory that starts out as these bytes; what it holds afterwards is answered. */
  record Memory(byte[] content) implements NativeArgument {}

  /** What an earlier call of the same request returned, such as a descriptor. */
  record Result(int call) implements NativeArgument {}

  /**
   * A pointer to a copy of memory of an earlier call of the same request as that call left it, with
   * some bits cleared and then some set.
   *
   * @param call index of the call
   * @param memory which of the memories that it was given
   * @param clear bits to clear, as long as the memory
   * @param set bits to set, as long as the memory
   */
  record Changed(int call, int memory, byte[] clear, byte[] set) implements NativeArgument {}
}
