package org.pivotroot.tck.harness.agent;

import java.nio.charset.StandardCharsets;
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
    return (int) Libc.must("openat", directory, path, flags | Libc.O_CLOEXEC, 0).value();
  }

  /** A descriptor for reading what the path below /proc leads to. */
  int open(String path) {
    return open(descriptor, path, 0);
  }

  Reply.Content read(String path) {
    Returned opened = Libc.call("openat", descriptor, path, Libc.O_CLOEXEC, 0);
    return readAndClose(opened);
  }

  /** Reads what was just opened, on the calling task. */
  static Reply.Content readAndClose(Returned opened) {
    if ((int) opened.value() == -1) {
      return new Reply.Content(new byte[0], opened.errno());
    }
    int file = (int) opened.value();
    try {
      return new Reply.Content(Libc.readToEnd(file), 0);
    } finally {
      Libc.must("close", file);
    }
  }

  Returned stat(String path) {
    return Libc.call(
        "syscall", 332, descriptor, path, 0, STATX_BASIC_AND_MNT_ID, new byte[STATX_SIZE]);
  }

  String link(String path) {
    Returned returned = Libc.must("readlinkat", descriptor, path, new byte[256], 256);
    return new String(returned.memory().get(0), 0, (int) returned.value(), StandardCharsets.UTF_8);
  }

  boolean exists(String path) {
    Returned returned = Libc.call("faccessat", descriptor, path, 0, 0);
    return (int) returned.value() == 0 || returned.errno() != ENOENT;
  }
}
