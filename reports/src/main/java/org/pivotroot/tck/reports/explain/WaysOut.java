package org.pivotroot.tck.reports.explain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pivotroot.tck.model.specification.rule.Clause;

/** What to do about a check that refuses a call. */
final class WaysOut {
  private static final String PRIVILEGE =
      "Run as root, or make user and mount namespace together: unshare --user --map-root-user"
          + " --mount.";
  private static final String PRIVATE =
      "Make it private: mount --make-private on that mount, or mount --make-rprivate / in a mount"
          + " namespace of your own.";
  private static final String LOCKED =
      "Make a mount of your own: bind it onto itself with --rbind and use that.";

  private static final Map<String, String> BY_RULE =
      Map.ofEntries(
          Map.entry("pivot_root.permission", PRIVILEGE),
          Map.entry("umount2.permission", PRIVILEGE),
          Map.entry("mount.permission", PRIVILEGE),
          Map.entry("move_mount.permission", PRIVILEGE),
          Map.entry(
              "setns.permission",
              "Enter the user namespace that owns the namespace first: nsenter --user --mount."),
          Map.entry("setns.fs-shared", "Call it before threads start, or unshare(CLONE_FS) first."),
          Map.entry(
              "path.missing", "Make the directory. After a chroot, paths start at the new root."),
          Map.entry("path.not-directory", "Give a directory."),
          Map.entry("pivot_root.shared", PRIVATE),
          Map.entry("move.parent-shared", PRIVATE),
          Map.entry("pivot_root.new-root-locked", LOCKED),
          Map.entry("umount2.locked", "Unmount the whole tree that came with it, from its top."),
          Map.entry("move.locked", LOCKED),
          Map.entry(
              "pivot_root.busy",
              "Make new_root a mount point with a mount of its own: mount --bind DIR DIR. put_old"
                  + " goes below it."),
          Map.entry("pivot_root.new-root-not-mount-point", "mount --bind DIR DIR"),
          Map.entry("move.not-mount-point", "mount --bind DIR DIR"),
          Map.entry(
              "pivot_root.root-not-mount-point",
              "Pivot before the chroot, or bind the directory onto itself before the chroot."),
          Map.entry(
              "pivot_root.root-has-no-parent",
              "It is the initramfs: move the new root over it instead, with switch_root, or mount"
                  + " --move . / and chroot."),
          Map.entry(
              "pivot_root.put-old-not-under-new-root",
              "Make a directory below new_root and give that; or chdir to new_root and give . twice."),
          Map.entry(
              "pivot_root.other-namespace",
              "Enter that namespace with setns, or attach the mount with move_mount."),
          Map.entry(
              "umount2.busy",
              "See who uses it with fuser -m or lsof, or detach it with MNT_DETACH (umount -l)."),
          Map.entry(
              "umount2.not-mount-point",
              "Give the mount point itself; findmnt --target PATH names it."),
          Map.entry("umount2.other-namespace", "Call it from the namespace of the mount."),
          Map.entry("move.below-itself", "Give a target outside what is moved."),
          Map.entry("move.unbindable-to-shared", PRIVATE));

  private WaysOut() {}

  static Optional<String> of(Clause rule) {
    return Optional.ofNullable(BY_RULE.get(rule.id()));
  }

  /** The rules that there is something to do about. */
  static Set<String> rules() {
    return BY_RULE.keySet();
  }
}
