package org.pivotroot.tck.harness.agent;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.pivotroot.tck.harness.wire.Argument;
import org.pivotroot.tck.harness.wire.Call;
import org.pivotroot.tck.harness.wire.Returned;

/** Calls of the C library, on the calling thread. */
final class Libc {
  static final int AT_FDCWD = -100;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;
  static final int CLONE_FS = 0x200;
  static final int CLONE_NEWNS = 0x20000;

  private static final NativeLibrary PROCESS = NativeLibrary.getProcess();

  private Libc() {}

  /** Makes the calls in order, up to and including the first that returns -1. */
  static List<Returned> invoke(List<Call> calls) {
    return invoke(calls, Libc::invoke);
  }

  /** Has the calls made likewise by another, which is given the results of the earlier ones. */
  static List<Returned> invoke(List<Call> calls, BiFunction<Call, List<Returned>, Returned> maker) {
    List<Returned> results = new ArrayList<>();
    for (Call call : calls) {
      Returned returned = maker.apply(call, results);
      results.add(returned);
      if (returned.value() == -1) {
        break;
      }
    }
    return results;
  }

  private static Returned invoke(Call call, List<Returned> earlier) {
    Function function = PROCESS.getFunction(call.function());
    List<Pointer> allocated = new ArrayList<>();
    List<Pointer> answered = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Object[] arguments = new Object[call.arguments().size()];
    try {
      for (int i = 0; i < arguments.length; i++) {
        Argument argument = call.arguments().get(i);
        if (argument instanceof Argument.Word number) {
          arguments[i] = number.value();
        } else if (argument instanceof Argument.Result result) {
          arguments[i] = earlier.get(result.call()).value();
        } else if (argument instanceof Argument.Text text) {
          byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
          Pointer pointer = allocate(allocated, bytes.length + 1);
          pointer.write(0, bytes, 0, bytes.length);
          pointer.setByte(bytes.length, (byte) 0);
          arguments[i] = pointer;
        } else if (argument instanceof Argument.Memory memory) {
          Pointer pointer = allocate(allocated, memory.content().length);
          pointer.write(0, memory.content(), 0, memory.content().length);
          answered.add(pointer);
          sizes.add(memory.content().length);
          arguments[i] = pointer;
        }
      }
      long value = function.invokeLong(arguments);
      int errno = Native.getLastError();
      List<byte[]> memory = new ArrayList<>();
      for (int i = 0; i < answered.size(); i++) {
        memory.add(answered.get(i).getByteArray(0, sizes.get(i)));
      }
      return new Returned(value, errno, memory);
    } finally {
      allocated.forEach(pointer -> Native.free(Pointer.nativeValue(pointer)));
    }
  }

  private static Pointer allocate(List<Pointer> allocated, long size) {
    Pointer pointer = new Pointer(Native.malloc(Math.max(size, 1)));
    allocated.add(pointer);
    return pointer;
  }

  /** One call, its arguments as Long, Integer, String or byte[]. */
  static Returned call(String function, Object... arguments) {
    List<Argument> list = new ArrayList<>();
    for (Object argument : arguments) {
      list.add(
          argument instanceof String text
              ? new Argument.Text(text)
              : argument instanceof byte[] bytes
                  ? new Argument.Memory(bytes)
                  : new Argument.Word(((Number) argument).longValue()));
    }
    return invoke(new Call(function, list), List.of());
  }

  /** One call that the agent's own work depends on. */
  static Returned must(String function, Object... arguments) {
    Returned returned = call(function, arguments);
    if ((int) returned.value() == -1) {
      throw new AgentTrouble(
          function + List.of(arguments) + ": errno " + returned.errno() + " in the agent itself");
    }
    return returned;
  }

  static long gettid() {
    return must("gettid").value();
  }

  static long getpid() {
    return must("getpid").value();
  }

  static String version() {
    return PROCESS.getFunction("gnu_get_libc_version").invokeString(new Object[0], false);
  }

  /**
   * What can be read from a descriptor until its end. Where a read brings the very bytes of the one
   * before, that counts as the end: from Linux 6.8 until "namespace: fix proc mount iteration" came
   * to a series, mountinfo of a namespace with one mount has none.
   */
  static byte[] readToEnd(int descriptor) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] before = new byte[0];
    while (true) {
      Returned returned = must("read", descriptor, new byte[16384], 16384);
      int length = (int) returned.value();
      byte[] bytes = Arrays.copyOf(returned.memory().get(0), length);
      if (length == 0 || Arrays.equals(bytes, before)) {
        return content.toByteArray();
      }
      content.writeBytes(bytes);
      before = bytes;
    }
  }
}
