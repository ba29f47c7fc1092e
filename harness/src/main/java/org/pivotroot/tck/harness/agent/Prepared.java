package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/** A system call that is made over and over: its arguments are in memory already. */
final class Prepared implements AutoCloseable {
  /** A number and six arguments. */
  private static final int WORDS = 7;

  private static final int SETRESUID = 117;
  private static final int CAPSET = 126;

  /** No descriptor is so large. */
  static final long NO_DESCRIPTOR = 1 << 30;

  private final NativeCall call;
  private final long[] words = new long[WORDS];

  /** For each argument which descriptor of the scenario it is, or -1. */
  private final int[] descriptors = {-1, -1, -1, -1, -1, -1, -1};

  private final List<Pointer> allocated = new ArrayList<>();
  private Pointer memory;
  private byte[] content = {};

  /**
   * Prepares a call.
   *
   * @throws AgentTrouble if it is none that can be
   */
  Prepared(NativeCall call) {
    this.call = call;
    if (!call.function().equals("syscall") || call.arguments().size() > WORDS) {
      throw new AgentTrouble("no system call to be played: " + call.function());
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      prepare(i, call.arguments().get(i));
    }
  }

  private void prepare(int index, NativeArgument argument) {
    if (argument instanceof NativeArgument.Word word) {
      words[index] = word.value();
    } else if (argument instanceof NativeArgument.Text text) {
      words[index] = Pointer.nativeValue(allocate(Libc.path(text.value())));
    } else if (argument instanceof NativeArgument.Result result) {
      descriptors[index] = result.call();
    } else if (argument instanceof NativeArgument.Memory filled) {
      content = filled.content();
      memory = allocate(content);
      words[index] = Pointer.nativeValue(memory);
    } else {
      throw new AgentTrouble("no argument of a call to be played");
    }
  }

  private Pointer allocate(byte[] bytes) {
    Pointer pointer = new Pointer(Native.malloc(Math.max(bytes.length, 1)));
    allocated.add(pointer);
    pointer.write(0, bytes, 0, bytes.length);
    return pointer;
  }

  /** Has a task in another process make the call. */
  Returned makeBy(TaskHandle process, List<Long> opened) {
    List<NativeArgument> arguments = new ArrayList<>();
    for (NativeArgument argument : call.arguments()) {
      arguments.add(
          argument instanceof NativeArgument.Result result
              ? new NativeArgument.Word(
                  result.call() < opened.size() ? opened.get(result.call()) : NO_DESCRIPTOR)
              : argument);
    }
    Request.Invoke invoke =
        new Request.Invoke("", List.of(new NativeCall(call.function(), call.yields(), arguments)));
    return ((Reply.Results) process.ask(invoke)).results().get(0);
  }

  /**
   * Makes the call on the calling thread.
   *
   * @param opened the descriptors that the scenario has opened
   */
  Returned make(List<Long> opened) {
    for (int i = 0; i < WORDS; i++) {
      if (descriptors[i] >= 0) {
        words[i] = descriptors[i] < opened.size() ? opened.get(descriptors[i]) : NO_DESCRIPTOR;
      }
    }
    if (memory != null) {
      memory.write(0, content, 0, content.length);
    }
    long value = Libc.syscall(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);
    return new Returned(
        value,
        value == -1 ? Native.getLastError() : 0,
        memory == null ? List.of() : List.of(memory.getByteArray(0, content.length)));
  }

  /** Whether it changes what its caller may do. */
  boolean changesCredentials() {
    return words[0] == CAPSET || words[0] == SETRESUID;
  }

  /** The descriptor that it is given as its first argument. */
  Long descriptor(List<Long> opened) {
    return opened.get(descriptors[1]);
  }

  @Override
  public void close() {
    allocated.forEach(pointer -> Native.free(Pointer.nativeValue(pointer)));
  }
}
