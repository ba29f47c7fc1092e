package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * Calls of the C library, on the calling thread. System calls, and what the agent itself asks for
 * over and over, go through JNA's direct mapping, its quicker way.
 */
final class Libc {
  static final int AT_FDCWD = -100;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;
  static final int CLONE_FS = 0x200;
  static final int CLONE_NEWNS = 0x20000;

  private static final NativeLibrary PROCESS = NativeLibrary.getProcess();
  private static final int CHUNK = 16384;

  static {
    Native.register(Libc.class, PROCESS);
  }

  private Libc() {}

  static native int openat(int directory, byte[] path, int flags, int mode);

  static native int close(int descriptor);

  static native int statx(int directory, byte[] path, int flags, int mask, byte[] statx);

  static native long readlinkat(int directory, byte[] path, byte[] target, long size);

  static native int faccessat(int directory, byte[] path, int mode, int flags);

  static native int setns(int descriptor, int type);

  static native int unshare(int flags);

  static native int fchdir(int descriptor);

  static native int chroot(byte[] path);

  static native int sched_yield();

  static native int getpid();

  static native int gettid();

  private static native long read(int descriptor, Pointer buffer, long size);

  static native long syscall(long number, long a, long b, long c, long d, long e, long f);

  /** A path as the calls above take it. */
  static byte[] path(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /**
   * What a call of the agent's own returned, unless that is -1.
   *
   * @throws AgentTrouble if it is
   */
  static int checked(String function, int returned) {
    if (returned == -1) {
      throw trouble(function, Native.getLastError());
    }
    return returned;
  }

  private static AgentTrouble trouble(String function, int errno) {
    return new AgentTrouble(function + ": errno " + errno + " in the agent itself");
  }

  /** Makes the calls in order, up to and including the first that returns -1. */
  static List<Returned> invoke(List<NativeCall> calls) {
    return invoke(calls, Libc::invoke);
  }

  /** Has the calls made likewise by another, which is given the results of the earlier ones. */
  static List<Returned> invoke(
      List<NativeCall> calls, BiFunction<NativeCall, List<Returned>, Returned> maker) {
    List<Returned> results = new ArrayList<>();
    for (NativeCall call : calls) {
      Returned returned = maker.apply(call, results);
      results.add(returned);
      if (returned.value() == -1) {
        break;
      }
    }
    return results;
  }

  private static Returned invoke(NativeCall call, List<Returned> earlier) {
    List<Pointer> allocated = new ArrayList<>();
    List<Pointer> answered = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    long[] arguments = new long[call.arguments().size()];
    try {
      for (int i = 0; i < arguments.length; i++) {
        NativeArgument argument = call.arguments().get(i);
        if (argument instanceof NativeArgument.Word number) {
          arguments[i] = number.value();
        } else if (argument instanceof NativeArgument.Result result) {
          arguments[i] = earlier.get(result.call()).value();
        } else if (argument instanceof NativeArgument.Text text) {
          arguments[i] = allocate(allocated, path(text.value()));
        } else {
          byte[] content = content(argument, earlier);
          arguments[i] = allocate(allocated, content);
          answered.add(allocated.get(allocated.size() - 1));
          sizes.add(content.length);
        }
      }
      long value = invoke(call.function(), arguments);
      int errno = Native.getLastError();
      List<byte[]> memory = new ArrayList<>();
      for (int i = 0; i < answered.size(); i++) {
        memory.add(answered.get(i).getByteArray(0, sizes.get(i)));
      }
      return switch (call.yields()) {
        case NativeCall.NUMBER -> new Returned(value, errno, memory);
        case NativeCall.INT -> new Returned((int) value, errno, memory);
        case NativeCall.ITS_MEMORY -> new Returned(whose(value, answered), errno, memory);
        case NativeCall.ALLOCATED_TEXT -> allocatedText(value, errno);
        default -> throw new AgentTrouble("no call yields " + call.yields());
      };
    } finally {
      allocated.forEach(pointer -> Native.free(Pointer.nativeValue(pointer)));
    }
  }

  /** What memory holds before the call is made. */
  static byte[] content(NativeArgument argument, List<Returned> earlier) {
    if (argument instanceof NativeArgument.Memory memory) {
      return memory.content();
    }
    NativeArgument.Changed changed = (NativeArgument.Changed) argument;
    byte[] content = earlier.get(changed.call()).memory().get(changed.memory()).clone();
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ((content[i] & ~changed.clear()[i]) | changed.set()[i]);
    }
    return content;
  }

  private static long whose(long address, List<Pointer> memory) {
    if (address == 0) {
      return -1;
    }
    return !memory.isEmpty() && address == Pointer.nativeValue(memory.get(0)) ? 1 : 2;
  }

  private static Returned allocatedText(long address, int errno) {
    if (address == 0) {
      return new Returned(-1, errno, List.of());
    }
    byte[] text = path(new Pointer(address).getString(0, StandardCharsets.UTF_8.name()));
    long usable = invoke("malloc_usable_size", address);
    Native.free(address);
    return new Returned(usable, 0, List.of(text));
  }

  private static long invoke(String function, long... arguments) {
    if (function.equals("syscall")) {
      // A system call takes six arguments, and does not look at those that it has no use for.
      long[] all = Arrays.copyOf(arguments, 7);
      return syscall(all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
    }
    return PROCESS.getFunction(function).invokeLong(Arrays.stream(arguments).boxed().toArray());
  }

  private static long allocate(List<Pointer> allocated, byte[] content) {
    Pointer pointer = new Pointer(Native.malloc(Math.max(content.length, 1)));
    pointer.write(0, content, 0, content.length);
    allocated.add(pointer);
    return Pointer.nativeValue(pointer);
  }

  /** One call, its arguments as Long, Integer, String or byte[]. */
  static Returned call(String function, Object... arguments) {
    List<NativeArgument> list = new ArrayList<>();
    for (Object argument : arguments) {
      list.add(
          argument instanceof String text
              ? new NativeArgument.Text(text)
              : argument instanceof byte[] bytes
                  ? new NativeArgument.Memory(bytes)
                  : new NativeArgument.Word(((Number) argument).longValue()));
    }
    return invoke(new NativeCall(function, NativeCall.NUMBER, list), List.of());
  }

  /** One call that the agent's own work depends on. */
  static Returned must(String function, Object... arguments) {
    Returned returned = call(function, arguments);
    if ((int) returned.value() == -1) {
      throw trouble(function + List.of(arguments), returned.errno());
    }
    return returned;
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
      byte[] bytes = read(descriptor);
      if (bytes.length == 0 || Arrays.equals(bytes, before)) {
        return content.toByteArray();
      }
      content.writeBytes(bytes);
      before = bytes;
    }
  }

  /** What one read(2) brings, at most 16 KiB; empty at the end. */
  static byte[] read(int descriptor) {
    Pointer buffer = new Pointer(Native.malloc(CHUNK));
    try {
      return buffer.getByteArray(0, checked("read", (int) read(descriptor, buffer, CHUNK)));
    } finally {
      Native.free(Pointer.nativeValue(buffer));
    }
  }
}
