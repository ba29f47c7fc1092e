package org.pivotroot.tck.harness.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which directory or file, and through which mount: two names are the same place only if all three
 * agree. From statx(2).
 *
 * @param device stx_dev_major and stx_dev_minor
 * @param inode stx_ino
 * @param mount stx_mnt_id, the mount ID of /proc/PID/mountinfo
 */
public record FileId(Device device, long inode, long mount) {
  static final int STATX_SIZE = 256;
  static final int STATX_BASIC_STATS_AND_MNT_ID = 0x17ff;

  static FileId of(byte[] statx) {
    ByteBuffer buffer = ByteBuffer.wrap(statx).order(ByteOrder.LITTLE_ENDIAN);
    return new FileId(
        new Device(buffer.getInt(136), buffer.getInt(140)),
        buffer.getLong(32),
        buffer.getLong(144));
  }

  /** The same file or directory, whichever mount it is reached through. */
  public boolean sameFile(FileId other) {
    return device.equals(other.device) && inode == other.inode;
  }

  /** A device number. */
  public record Device(int major, int minor) {
    static Device parse(String text) {
      String[] parts = text.split(":", 2);
      return new Device(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
  }
}
