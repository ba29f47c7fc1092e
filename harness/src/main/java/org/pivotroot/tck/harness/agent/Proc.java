package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * The /proc that was mounted when the agent started, held by a descriptor so that it stays in reach
 * wherever the roots of tasks go.
 */
final class Proc {
  private static final int STATX_BASIC_AND_MNT_ID = 0x17ff;
  private static final int STATX_SIZE = 256;
  private static final int ENOENT = 2;

  private final int descriptor;

  Proc() {
    descriptor = open(Libc.AT_FDCWD, "/proc", Libc.O_PATH);
  }

  private static int open(int directory, String path, int flags) {
    return Libc.checked("openat " + path, openat(directory, path, flags));
  }

  private static int openat(int directory, String path, int flags) {
    return Libc.openat(directory, Libc.path(path), flags | Libc.O_CLOEXEC, 0);
  }

  /** A descriptor for reading what the path below /proc leads to. */
  int open(String path) {
    return open(descriptor, path, 0);
  }

  /** A descriptor of the place that the path below /proc leads to. */
  int openPlace(String path) {
    return open(descriptor, path, Libc.O_PATH);
  }

  Reply.Content read(String path) {
    return read(descriptor, path);
  }

  /** Reads a file whole, by the root and working directory of the calling task. */
  static Reply.Content readOfTask(String path) {
    return read(Libc.AT_FDCWD, path);
  }

  private static Reply.Content read(int directory, String path) {
    int file = openat(directory, path, 0);
    if (file == -1) {
      return new Reply.Content(new byte[0], Native.getLastError());
    }
    try {
      return new Reply.Content(Libc.readToEnd(file), 0);
    } finally {
      Libc.checked("close", Libc.close(file));
    }
  }

  /** One statx(2) with STATX_MNT_ID. */
  Returned stat(String path) {
    byte[] statx = new byte[STATX_SIZE];
    int value = Libc.statx(descriptor, Libc.path(path), 0, STATX_BASIC_AND_MNT_ID, statx);
    return new Returned(value, Native.getLastError(), List.of(statx));
  }

  String link(String path) {
    byte[] target = new byte[256];
    int length =
        Libc.checked(
            "readlinkat " + path,
            (int) Libc.readlinkat(descriptor, Libc.path(path), target, target.length));
    return new String(target, 0, length, StandardCharsets.UTF_8);
  }

  /** Waits until a task is not listed any more. */
  void awaitEnd(String directory) {
    while (exists(directory)) {
      Libc.checked("sched_yield", Libc.sched_yield());
    }
  }

  boolean exists(String path) {
    return Libc.faccessat(descriptor, Libc.path(path), 0, 0) == 0
        || Native.getLastError() != ENOENT;
  }
}
