package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pivotroot.tck.harness.wire.Digest;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Rows;

/**
 * Looks at tasks as {@link Surveyor} does, after each step of a scenario and therefore with as few
 * system calls and as little to do in Java as there can be.
 */
final class Onlooker {
  private static final int OPENAT = 257;
  private static final int CLOSE = 3;
  private static final int READ = 0;
  private static final int READLINKAT = 267;
  private static final int SETNS = 308;
  private static final int STATX = 332;
  private static final int BASIC_AND_MOUNT = 0x17ff;
  private static final int STATX_SIZE = 256;
  private static final int CHUNK = 16384;

  /** A read that brought less has come to the end: no line of a scenario is so long. */
  private static final int LAST = 3072;

  private static final int PREFIX = "mnt:[".length();

  private final Pointer buffer = new Pointer(Native.malloc(CHUNK));
  private final long root = text("root");
  private final long cwd = text("cwd");
  private final long namespace = text("ns/mnt");
  private final long mountinfo = text("mountinfo");
  private final long ownRoot = text("/");
  private final long ownDirectory;
  private final long home;

  /** The tables of the last look. */
  private List<Rows> known = List.of();

  /**
   * The calling thread is the one that looks; it needs an fs state of its own.
   *
   * @param ownDirectory a descriptor of its directory in /proc
   * @param home a descriptor of the namespace that it comes back to
   */
  Onlooker(long ownDirectory, long home) {
    this.ownDirectory = ownDirectory;
    this.home = home;
  }

  private static long text(String text) {
    byte[] bytes = Libc.path(text);
    Pointer pointer = new Pointer(Native.malloc(bytes.length));
    pointer.write(0, bytes, 0, bytes.length);
    return Pointer.nativeValue(pointer);
  }

  /** A mount namespace as seen from where it is entered. */
  private record Tree(long namespace, byte[] root, byte[] mountinfo) {}

  /**
   * Looks at tasks.
   *
   * @param directories descriptors of their directories in /proc
   */
  List<Reply.TaskSurvey> look(List<Watched> directories) {
    List<Tree> trees = new ArrayList<>();
    List<Reply.TaskSurvey> seen = new ArrayList<>();
    for (Watched task : directories) {
      long number = namespace(task.directory());
      byte[] rootPlace = stat(task.directory(), root);
      byte[] cwdPlace = stat(task.directory(), cwd);
      Tree tree = tree(trees, number, task.directory());
      byte[] own =
          isSame(rootPlace, tree.root) ? tree.mountinfo : read(open(task.directory(), mountinfo));
      seen.add(
          new Reply.TaskSurvey(task.name(), rootPlace, cwdPlace, own, number, tree.mountinfo, ""));
    }
    if (!trees.isEmpty()) {
      checked("setns", Libc.syscall(SETNS, home, Libc.CLONE_NEWNS, 0, 0, 0, 0));
    }
    return seen;
  }

  /** A task to look at: its name, and a descriptor of its directory in /proc. */
  record Watched(String name, long directory) {}

  private Tree tree(List<Tree> known, long number, long directory) {
    for (Tree tree : known) {
      if (tree.namespace == number) {
        return tree;
      }
    }
    long file = open(directory, namespace);
    checked("setns", Libc.syscall(SETNS, file, Libc.CLONE_NEWNS, 0, 0, 0, 0));
    close(file);
    Tree tree = new Tree(number, stat(0, ownRoot), read(open(ownDirectory, mountinfo)));
    known.add(tree);
    return tree;
  }

  private static boolean isSame(byte[] statx, byte[] other) {
    return Arrays.equals(
            statx, Reply.STX_INO, Reply.STX_INO + 8, other, Reply.STX_INO, Reply.STX_INO + 8)
        && Arrays.equals(
            statx, Reply.STX_DEV, Reply.STX_DEV + 16, other, Reply.STX_DEV, Reply.STX_DEV + 16);
  }

  private static long checked(String what, long value) {
    return Libc.checked(what, (int) value);
  }

  private static long open(long directory, long path) {
    return checked("openat", Libc.syscall(OPENAT, directory, path, Libc.O_CLOEXEC, 0, 0, 0));
  }

  private static void close(long file) {
    checked("close", Libc.syscall(CLOSE, file, 0, 0, 0, 0, 0));
  }

  private byte[] stat(long directory, long path) {
    long at = Pointer.nativeValue(buffer);
    checked("statx", Libc.syscall(STATX, directory, path, 0, BASIC_AND_MOUNT, at, 0));
    return buffer.getByteArray(0, STATX_SIZE);
  }

  private long namespace(long directory) {
    long at = Pointer.nativeValue(buffer);
    int length =
        (int)
            checked("readlinkat", Libc.syscall(READLINKAT, directory, namespace, at, CHUNK, 0, 0));
    byte[] link = buffer.getByteArray(0, length);
    long number = 0;
    for (int i = PREFIX; i < length - 1; i++) {
      number = 10 * number + link[i] - '0';
    }
    return number;
  }

  /** Reads to the end, which {@link Libc#readToEnd} says more about, and closes. */
  private byte[] read(long file) {
    byte[] whole = {};
    byte[] chunk;
    do {
      long at = Pointer.nativeValue(buffer);
      int length = (int) checked("read", Libc.syscall(READ, file, at, CHUNK, 0, 0, 0));
      chunk = buffer.getByteArray(0, length);
      int end = whole.length;
      whole = Arrays.copyOf(whole, end + length);
      System.arraycopy(chunk, 0, whole, end, length);
    } while (chunk.length >= LAST);
    close(file);
    return whole;
  }

  /** What was looked at, as a digest takes it. */
  List<Digest.Seen> seen(List<Reply.TaskSurvey> surveys) {
    List<Digest.Seen> seen = new ArrayList<>();
    List<Rows> now = new ArrayList<>();
    for (Reply.TaskSurvey survey : surveys) {
      Rows tree = rows(survey.wholeTree(), now);
      Rows own = survey.mountinfo() == survey.wholeTree() ? tree : rows(survey.mountinfo(), now);
      seen.add(
          new Digest.Seen(
              place(survey.root()), place(survey.cwd()), own, survey.namespace(), tree));
    }
    known = now;
    return seen;
  }

  /** Most steps leave most tables as they were. */
  private Rows rows(byte[] mountinfo, List<Rows> now) {
    for (List<Rows> among : List.of(now, known)) {
      for (Rows rows : among) {
        if (rows.isOf(mountinfo)) {
          now.add(rows);
          return rows;
        }
      }
    }
    Rows rows = new Rows(mountinfo);
    now.add(rows);
    return rows;
  }

  /** The place that a struct statx is of. */
  static Digest.Place place(byte[] statx) {
    return new Digest.Place(
        number(statx, Reply.STX_DEV, 4) << 32 | number(statx, Reply.STX_DEV + 4, 4),
        number(statx, Reply.STX_INO, 8),
        number(statx, Reply.STX_MNT_ID, 8));
  }

  private static long number(byte[] bytes, int at, int size) {
    long number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
