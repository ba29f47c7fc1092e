package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;

/** Flags of the calls, by the names of the kernel's headers. */
public enum Flags {
  MS_RDONLY(Kind.MOUNT, 1),
  MS_NOSUID(Kind.MOUNT, 2),
  MS_NODEV(Kind.MOUNT, 4),
  MS_NOEXEC(Kind.MOUNT, 8),
  MS_REMOUNT(Kind.MOUNT, 32),
  MS_NOATIME(Kind.MOUNT, 1024),
  MS_BIND(Kind.MOUNT, 4096),
  MS_MOVE(Kind.MOUNT, 8192),
  MS_REC(Kind.MOUNT, 16384),
  MS_UNBINDABLE(Kind.MOUNT, 1 << 17),
  MS_PRIVATE(Kind.MOUNT, 1 << 18),
  MS_SLAVE(Kind.MOUNT, 1 << 19),
  MS_SHARED(Kind.MOUNT, 1 << 20),
  MS_RELATIME(Kind.MOUNT, 1 << 21),

  MNT_FORCE(Kind.UMOUNT, 1),
  MNT_DETACH(Kind.UMOUNT, 2),
  MNT_EXPIRE(Kind.UMOUNT, 4),
  UMOUNT_NOFOLLOW(Kind.UMOUNT, 8),

  CLONE_VM(Kind.CLONE, 0x100),
  CLONE_FS(Kind.CLONE, 0x200),
  CLONE_SIGHAND(Kind.CLONE, 0x800),
  CLONE_THREAD(Kind.CLONE, 0x10000),
  CLONE_NEWNS(Kind.CLONE, 0x20000),
  CLONE_NEWUTS(Kind.CLONE, 0x4000000),
  CLONE_NEWUSER(Kind.CLONE, 0x10000000),
  CLONE_EMPTY_MNTNS(Kind.CLONE, 0x2000000000L),
  UNSHARE_EMPTY_MNTNS(Kind.CLONE, 0x100000),

  O_RDONLY(Kind.OPEN, 0),
  O_WRONLY(Kind.OPEN, 1),
  O_RDWR(Kind.OPEN, 2),
  O_CREAT(Kind.OPEN, 0x40),
  O_DIRECTORY(Kind.OPEN, 0x10000),
  O_NOFOLLOW(Kind.OPEN, 0x20000),
  O_PATH(Kind.OPEN, 0x200000),

  RESOLVE_NO_XDEV(Kind.RESOLVE, 1),
  RESOLVE_BENEATH(Kind.RESOLVE, 8),
  RESOLVE_IN_ROOT(Kind.RESOLVE, 0x10),

  OPEN_TREE_CLONE(Kind.OPEN_TREE, 1),
  AT_RECURSIVE(Kind.OPEN_TREE, 0x8000),

  MOVE_MOUNT_F_EMPTY_PATH(Kind.MOVE_MOUNT, 4),
  MOVE_MOUNT_T_EMPTY_PATH(Kind.MOVE_MOUNT, 0x40);

  /** The call that a flag belongs to. */
  enum Kind {
    MOUNT,
    UMOUNT,
    CLONE,
    OPEN,
    RESOLVE,
    OPEN_TREE,
    MOVE_MOUNT
  }

  private final Kind kind;
  private final long bits;

  Flags(Kind kind, long bits) {
    this.kind = kind;
    this.bits = bits;
  }

  static long bits(Kind kind, Flags... flags) {
    long bits = 0;
    for (Flags flag : flags) {
      if (flag.kind != kind) {
        throw new IllegalArgumentException(flag + " is no flag for " + kind);
      }
      bits |= flag.bits;
    }
    return bits;
  }

  static String text(Flags... flags) {
    List<String> words = new ArrayList<>();
    for (Flags flag : flags) {
      words.add(flag.name());
    }
    return words.isEmpty() ? "0" : String.join("|", words);
  }
}
