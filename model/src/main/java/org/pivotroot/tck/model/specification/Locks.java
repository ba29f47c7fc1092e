package org.pivotroot.tck.model.specification;

import java.util.Set;

/** What a less privileged namespace may not undo (lock_mnt_tree() in fs/namespace.c). */
final class Locks {
  private Locks() {}

  /** Locks the options of a tree, and all mounts of it but the first together. */
  static void addTo(Mount top) {
    for (Mount mount : top.tree()) {
      mount.atimeLocked = true;
      for (MountOption option : MountOption.LOCKABLE) {
        if (mount.options.contains(option)) {
          mount.lockedOptions.add(option);
        }
      }
      mount.locked |= mount != top;
    }
  }

  /** Whether these options are less than what is locked (can_change_locked_flags()). */
  static boolean forbid(Mount mount, Set<MountOption> options) {
    for (MountOption option : mount.lockedOptions) {
      if (!options.contains(option)) {
        return true;
      }
    }
    for (MountOption option : MountOption.ATIME) {
      if (mount.atimeLocked && options.contains(option) != mount.options.contains(option)) {
        return true;
      }
    }
    return false;
  }
}
