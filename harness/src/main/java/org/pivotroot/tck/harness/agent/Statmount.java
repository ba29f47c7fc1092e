package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * The mount table of the calling thread's namespace by listmount(2) and statmount(2), where the
 * kernel has them: a second witness beside mountinfo.
 */
final class Statmount {
  private static final int STATMOUNT = 457;
  private static final int LISTMOUNT = 458;
  private static final int ENOSYS = 38;
  private static final long LSMT_ROOT = -1;

  /** Superblock and mount, dominating group, root, mount point. */
  private static final long MASK = 0x1f;

  private static final int REQUEST_SIZE = 24;
  private static final int MOUNTS = 512;
  private static final int BUFFER_SIZE = 16384;

  /** Offsets in struct statmount (include/uapi/linux/mount.h). */
  private static final int DEVICE = 16;

  private static final int ID = 56;
  private static final int ATTRIBUTES = 64;
  private static final int PROPAGATION = 72;
  private static final int PEER_GROUP = 80;
  private static final int MASTER = 88;
  private static final int FROM = 96;
  private static final int ROOT = 104;
  private static final int POINT = 108;
  private static final int TEXTS = 512;

  private static final long MS_UNBINDABLE = 1 << 17;
  private static final long ATIME = 0x70;
  private static final long NOATIME = 0x10;

  private final Pointer request = new Pointer(Native.malloc(REQUEST_SIZE));
  private final Pointer ids = new Pointer(Native.malloc(8L * MOUNTS));
  private final Pointer buffer = new Pointer(Native.malloc(BUFFER_SIZE));

  /**
   * What the two calls tell otherwise than a mountinfo file of the calling thread: their own table
   * in its notation, without what is about the source; empty if both agree, or if there are no such
   * calls.
   */
  String otherThan(String mountinfo) {
    StringBuilder expected = new StringBuilder();
    mountinfo.lines().forEach(line -> expected.append(line, 0, line.indexOf(" - ")).append('\n'));
    String seen = table();
    return seen == null || seen.contentEquals(expected) ? "" : seen;
  }

  private String table() {
    request(LSMT_ROOT, 0);
    long count = call(LISTMOUNT, ids, MOUNTS);
    if (count == -1) {
      int errno = Native.getLastError();
      return errno == ENOSYS ? null : "listmount: errno " + errno + "\n";
    }
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < count; i++) {
      request(ids.getLong(8L * i), MASK);
      table.append(
          call(STATMOUNT, buffer, BUFFER_SIZE) == -1
              ? "statmount: errno " + Native.getLastError()
              : line());
      table.append('\n');
    }
    return table.toString();
  }

  private void request(long mount, long parameter) {
    request.setInt(0, REQUEST_SIZE);
    request.setInt(4, 0);
    request.setLong(8, mount);
    request.setLong(16, parameter);
  }

  private long call(int number, Pointer answer, long size) {
    return Libc.syscall(
        number, Pointer.nativeValue(request), Pointer.nativeValue(answer), size, 0, 0, 0);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    line.append(buffer.getInt(ID)).append(' ').append(buffer.getInt(ID + 4)).append(' ');
    line.append(buffer.getInt(DEVICE)).append(':').append(buffer.getInt(DEVICE + 4)).append(' ');
    line.append(text(ROOT)).append(' ').append(text(POINT)).append(' ');
    options(line, buffer.getLong(ATTRIBUTES));
    long master = buffer.getLong(MASTER);
    long from = buffer.getLong(FROM);
    tag(line, " shared:", buffer.getLong(PEER_GROUP));
    tag(line, " master:", master);
    tag(line, " propagate_from:", from == master ? 0 : from);
    if ((buffer.getLong(PROPAGATION) & MS_UNBINDABLE) != 0) {
      line.append(" unbindable");
    }
    return line.toString();
  }

  private static void options(StringBuilder line, long attributes) {
    line.append((attributes & 1) == 0 ? "rw" : "ro");
    line.append((attributes & 2) == 0 ? "" : ",nosuid");
    line.append((attributes & 4) == 0 ? "" : ",nodev");
    line.append((attributes & 8) == 0 ? "" : ",noexec");
    line.append((attributes & ATIME) == NOATIME ? ",noatime" : "");
    line.append((attributes & 0x80) == 0 ? "" : ",nodiratime");
    line.append((attributes & ATIME) == 0 ? ",relatime" : "");
    line.append((attributes & 0x200000) == 0 ? "" : ",nosymfollow");
  }

  private static void tag(StringBuilder line, String tag, long group) {
    if (group != 0) {
      line.append(tag).append(group);
    }
  }

  /** Blanks and backslashes as mountinfo has them. */
  private String text(int field) {
    return buffer
        .getString(TEXTS + (long) buffer.getInt(field), StandardCharsets.UTF_8.name())
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
