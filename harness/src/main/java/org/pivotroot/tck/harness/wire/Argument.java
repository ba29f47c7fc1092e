package org.pivotroot.tck.harness.wire;

/** One argument of a call as the agent passes it to libc. */
public sealed interface Argument {

  /** A number, or an address that is to be passed as it is. */
  record Word(long value) implements Argument {}

  /** A pointer to the text in UTF-8 with a NUL behind it. */
  record Text(String value) implements Argument {}

  /** A pointer to memory that starts out as these bytes; what it holds afterwards is answered. */
  record Memory(byte[] content) implements Argument {}

  /** What an earlier call of the same request returned, such as a descriptor. */
  record Result(int call) implements Argument {}
}
