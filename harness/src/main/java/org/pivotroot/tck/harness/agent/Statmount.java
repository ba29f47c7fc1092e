package org.pivotroot.tck.harness.agent;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final int REQUEST_MOUNT = 8;
  private static final int REQUEST_PARAMETER = 16;
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
  private static final long MS_PRIVATE = 1 << 18;
  private static final long MS_SLAVE = 1 << 19;
  private static final long MS_SHARED = 1 << 20;
  private static final long ATIME = 0x70;
  private static final long NOATIME = 0x10;

  private final Pointer request = new Pointer(Native.malloc(REQUEST_SIZE));
  private final Pointer ids = new Pointer(Native.malloc(8L * MOUNTS));
  private final Pointer buffer = new Pointer(Native.malloc(BUFFER_SIZE));

  Statmount() {
    request.setInt(0, REQUEST_SIZE);
    request.setInt(4, 0);
  }

  /**
   * What the two calls tell otherwise than a mountinfo file of the calling thread: their own table
   * in its notation, without what is about the source; empty if both agree, or if there are no such
   * calls.
   */
  String otherThan(byte[] mountinfo) {
    // A char for each byte: whatever names are made of, they are only compared.
    String lines = new String(mountinfo, StandardCharsets.ISO_8859_1);
    StringBuilder expected = new StringBuilder(lines.length());
    int start = 0;
    for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
      expected.append(lines, start, lines.indexOf(" - ", start)).append('\n');
      start = end + 1;
    }
    StringBuilder seen = table(lines.length());
    return seen == null || seen.compareTo(expected) == 0
        ? ""
        : new String(seen.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private StringBuilder table(int room) {
    request(LSMT_ROOT, 0);
    int count = (int) call(LISTMOUNT, ids, MOUNTS);
    if (count == -1) {
      int errno = Native.getLastError();
      return errno == ENOSYS ? null : new StringBuilder("listmount: errno " + errno + "\n");
    }
    StringBuilder table = new StringBuilder(room);
    for (long id : ids.getLongArray(0, count)) {
      request(id, MASK);
      if (call(STATMOUNT, buffer, BUFFER_SIZE) == -1) {
        table.append("statmount: errno ").append(Native.getLastError());
      } else {
        // Its first field says how much of it there is. One copy costs less than many looks.
        append(table, buffer.getByteArray(0, buffer.getInt(0)));
      }
      table.append('\n');
    }
    return table;
  }

  private void request(long mount, long parameter) {
    request.setLong(REQUEST_MOUNT, mount);
    request.setLong(REQUEST_PARAMETER, parameter);
  }

  private long call(int number, Pointer answer, long size) {
    return Libc.syscall(
        number, Pointer.nativeValue(request), Pointer.nativeValue(answer), size, 0, 0, 0);
  }

  private static void append(StringBuilder line, byte[] answer) {
    ByteBuffer fields = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    line.append(fields.getInt(ID)).append(' ').append(fields.getInt(ID + 4)).append(' ');
    line.append(fields.getInt(DEVICE)).append(':').append(fields.getInt(DEVICE + 4)).append(' ');
    text(line, answer, TEXTS + fields.getInt(ROOT));
    line.append(' ');
    text(line, answer, TEXTS + fields.getInt(POINT));
    line.append(' ');
    options(line, fields.getLong(ATTRIBUTES));
    long master = fields.getLong(MASTER);
    long from = fields.getLong(FROM);
    long group = fields.getLong(PEER_GROUP);
    long propagation = fields.getLong(PROPAGATION);
    tag(line, " shared:", group);
    tag(line, " master:", master);
    tag(line, " propagate_from:", from == master ? 0 : from);
    if ((propagation & MS_UNBINDABLE) != 0) {
      line.append(" unbindable");
    }
    long rest = (group == 0 ? 0 : MS_SHARED) | (master == 0 ? 0 : MS_SLAVE);
    if ((propagation & ~MS_UNBINDABLE)
        != (rest == 0 && propagation != MS_UNBINDABLE ? MS_PRIVATE : rest)) {
      line.append(" propagation:0x").append(Long.toHexString(propagation));
    }
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
    line.append((attributes & 0x100000) == 0 ? "" : ",idmapped");
  }

  private static void tag(StringBuilder line, String tag, long group) {
    if (group != 0) {
      line.append(tag).append(group);
    }
  }

  /** A text up to its end, with blanks and backslashes as mountinfo has them. */
  private static void text(StringBuilder line, byte[] answer, int start) {
    for (int i = start; answer[i] != 0; i++) {
      switch (answer[i]) {
        case '\\' -> line.append("\\134");
        case ' ' -> line.append("\\040");
        case '\t' -> line.append("\\011");
        case '\n' -> line.append("\\012");
        default -> line.append((char) (answer[i] & 0xff));
      }
    }
  }
}
