package org.pivotroot.tck.harness.agent;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * A program started from the calling task, with its root, working directory, credentials and
 * namespaces: posix_spawnp(3) and three pipes.
 */
final class Program {
  private static final int FILE_ACTIONS_SIZE = 256;
  private static final int POLLIN = 1;
  private static final int EINTR = 4;

  final long pid;
  final int input;
  final int output;
  final int error;

  private Program(long pid, int input, int output, int error) {
    this.pid = pid;
    this.input = input;
    this.output = output;
    this.error = error;
  }

  /**
   * Starts a program.
   *
   * @return the program, or null with {@code errno[0]} set when it cannot be started
   */
  static Program start(
      List<String> command, List<String> environment, boolean ownError, int[] errno) {
    int[] in = pipe();
    int[] out = pipe();
    int[] err = ownError ? pipe() : new int[] {-1, 2};
    List<Pointer> allocated = new ArrayList<>();
    try {
      Pointer actions = allocate(allocated, FILE_ACTIONS_SIZE);
      Pointer pid = allocate(allocated, 8);
      pid.setLong(0, 0);
      spawnAction("init", actions);
      spawnAction("adddup2", actions, in[0], 0);
      spawnAction("adddup2", actions, out[1], 1);
      spawnAction("adddup2", actions, err[1], 2);
      Pointer[] argv = strings(allocated, command);
      Pointer[] envp = strings(allocated, environment);
      errno[0] =
          function("posix_spawnp")
              .invokeInt(
                  new Object[] {
                    pid,
                    argv[0],
                    actions,
                    Pointer.NULL,
                    array(allocated, argv),
                    array(allocated, envp)
                  });
      spawnAction("destroy", actions);
      if (errno[0] != 0) {
        close(in[1], out[0], err[0]);
        return null;
      }
      return new Program(pid.getInt(0), in[1], out[0], err[0]);
    } finally {
      close(in[0], out[1], ownError ? err[1] : -1);
      allocated.forEach(pointer -> Native.free(Pointer.nativeValue(pointer)));
    }
  }

  /** Runs a program to its end. */
  static Reply run(Request.Run run) {
    int[] errno = new int[1];
    Program program = start(run.command(), run.environment(), true, errno);
    if (program == null) {
      return new Reply.Failed("cannot start " + run.command().get(0) + ": errno " + errno[0]);
    }
    // Small inputs only: they fit the pipe, so nothing can wait for anything here.
    if (run.input().length > 0) {
      Libc.must("write", program.input, run.input(), run.input().length);
    }
    close(program.input);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    drain(program.output, output, program.error, error);
    return new Reply.Ended(program.waitFor(), output.toByteArray(), error.toByteArray());
  }

  /** Exit status, or 128 plus the number of the signal that ended it. */
  int waitFor() {
    while (true) {
      Returned returned = Libc.call("waitpid", pid, new byte[4], 0);
      if ((int) returned.value() != -1) {
        int status =
            ByteBuffer.wrap(returned.memory().get(0)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int signal = status & 0x7f;
        return signal == 0 ? status >> 8 & 0xff : 128 + signal;
      }
      if (returned.errno() != EINTR) {
        throw new AgentTrouble("waitpid: errno " + returned.errno());
      }
    }
  }

  private static void drain(
      int first, ByteArrayOutputStream firstTo, int second, ByteArrayOutputStream secondTo) {
    int[] open = {first, second};
    ByteArrayOutputStream[] to = {firstTo, secondTo};
    while (open[0] != -1 || open[1] != -1) {
      ByteBuffer polled = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      for (int descriptor : open) {
        polled.putInt(descriptor).putShort((short) POLLIN).putShort((short) 0);
      }
      Returned returned = Libc.must("poll", polled.array(), 2, -1);
      ByteBuffer answer = ByteBuffer.wrap(returned.memory().get(0)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 2; i++) {
        if (open[i] != -1 && answer.getShort(8 * i + 6) != 0) {
          byte[] bytes = Libc.read(open[i]);
          if (bytes.length == 0) {
            close(open[i]);
            open[i] = -1;
          } else {
            to[i].writeBytes(bytes);
          }
        }
      }
    }
  }

  /** The two ends of a pipe, the one to read from first. */
  static int[] pipe() {
    Returned returned = Libc.must("pipe2", new byte[8], Libc.O_CLOEXEC);
    ByteBuffer pair = ByteBuffer.wrap(returned.memory().get(0)).order(ByteOrder.LITTLE_ENDIAN);
    return new int[] {pair.getInt(), pair.getInt()};
  }

  static void close(int... descriptors) {
    for (int descriptor : descriptors) {
      if (descriptor != -1) {
        Libc.checked("close", Libc.close(descriptor));
      }
    }
  }

  private static void spawnAction(String name, Object... arguments) {
    int errno = function("posix_spawn_file_actions_" + name).invokeInt(arguments);
    if (errno != 0) {
      throw new AgentTrouble("posix_spawn_file_actions_" + name + ": errno " + errno);
    }
  }

  private static Function function(String name) {
    return NativeLibrary.getProcess().getFunction(name);
  }

  private static Pointer allocate(List<Pointer> allocated, long size) {
    Pointer pointer = new Pointer(Native.malloc(size));
    allocated.add(pointer);
    return pointer;
  }

  private static Pointer[] strings(List<Pointer> allocated, List<String> values) {
    return values.stream()
        .map(
            value -> {
              byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
              Pointer pointer = allocate(allocated, bytes.length + 1);
              pointer.write(0, bytes, 0, bytes.length);
              pointer.setByte(bytes.length, (byte) 0);
              return pointer;
            })
        .toArray(Pointer[]::new);
  }

  private static Pointer array(List<Pointer> allocated, Pointer[] elements) {
    Pointer array = allocate(allocated, 8L * (elements.length + 1));
    for (int i = 0; i < elements.length; i++) {
      array.setPointer(8L * i, elements[i]);
    }
    array.setPointer(8L * elements.length, Pointer.NULL);
    return array;
  }
}
