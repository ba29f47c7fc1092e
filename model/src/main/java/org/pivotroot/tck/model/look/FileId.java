package org.pivotroot.tck.model.look;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Which directory or file, and through which mount: two names are the same place only if all three
 * agree. From statx(2).
 *
 * @param device stx_dev_major and, in the lower 32 bits, stx_dev_minor
 * @param inode stx_ino
 * @param mount stx_mnt_id, the mount ID of /proc/PID/mountinfo; {@link #UNKNOWN} if the target does
 *     not tell
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"device", "inode", "mount"})
public record FileId(long device, long inode, long mount) {
  /** In place of a mount that the target does not tell. */
  public static final long UNKNOWN = 0;

  /** A device number as one number. */
  public static long device(int major, int minor) {
    return ((long) major << 32) | (minor & 0xffffffffL);
  }

  /** The major number of a device. */
  public static int major(long device) {
    return (int) (device >> 32);
  }

  /** The same file or directory, whichever mount it is reached through. */
  public boolean sameFile(FileId other) {
    return device == other.device && inode == other.inode;
  }

  /** As transcripts show it, where all numbers are names. */
  @Override
  public String toString() {
    String through = mount == UNKNOWN ? "?" : String.valueOf(mount);
    return "{dev#" + device + ", inode#" + inode + ", mount#" + through + "}";
  }
}
