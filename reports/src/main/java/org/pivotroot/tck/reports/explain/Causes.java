package org.pivotroot.tck.reports.explain;

import java.util.List;

/** The causes of a failing pivot_root call. */
public final class Causes {
  /** The caller lacks the privilege. */
  public static final Cause PRIVILEGE =
      new Cause(
          "privilege",
          "EPERM",
          "The caller has no CAP_SYS_ADMIN in the user namespace that owns its mount namespace.",
          "CapEff in /proc/PID/status lacks bit 21; or the process entered a user namespace and kept"
              + " the mount namespace of before.",
          "Run as root, or make user and mount namespace together: unshare --user --map-root-user"
              + " --mount.",
          List.of(
              "no-cap-sys-admin",
              "cap-in-owning-user-namespace",
              "cap-in-child-user-namespace-only",
              "perm-or-lookup-first"));

  /** A path does not exist. */
  public static final Cause MISSING =
      new Cause(
          "missing",
          "ENOENT",
          "new_root or put_old does not exist, as seen from the caller's root.",
          "stat of /proc/PID/root followed by the path fails.",
          "Make the directory. After a chroot, paths start at the caller's root.",
          List.of("new-root-missing", "put-old-missing", "empty-new-root", "empty-put-old"));

  /** A path is no directory. */
  public static final Cause NOT_DIRECTORY =
      new Cause(
          "not-directory",
          "ENOTDIR",
          "new_root or put_old is no directory.",
          "stat of /proc/PID/root followed by the path.",
          "Give a directory.",
          List.of("new-root-not-directory", "put-old-not-directory", "neither-directory"));

  /** A path lies on the current root mount. */
  public static final Cause ON_ROOT_MOUNT =
      new Cause(
          "on-root-mount",
          "EBUSY",
          "new_root or put_old lies on the current root mount.",
          "The longest mount point in mountinfo that is a prefix of the path is /.",
          "Make new_root a mount point with a mount of its own: mount --bind DIR DIR. put_old goes"
              + " below it.",
          List.of(
              "new-root-on-root-mount",
              "put-old-on-root-mount",
              "new-root-is-slash",
              "both-slash",
              "bind-onto-itself-makes-mount-point"));

  /** The new root is a plain directory of a mount. */
  public static final Cause NEW_ROOT_NO_MOUNT_POINT =
      new Cause(
          "new-root-no-mount-point",
          "EINVAL",
          "new_root is not a mount point.",
          "No line of mountinfo has new_root in its fifth field.",
          "mount --bind DIR DIR",
          List.of(
              "new-root-not-mount-point",
              "new-root-need-not-be-mount-point",
              "bind-onto-itself-makes-mount-point"));

  /** The caller's root is a plain directory of a mount. */
  public static final Cause ROOT_NO_MOUNT_POINT =
      new Cause(
          "root-no-mount-point",
          "EINVAL",
          "The caller's root is not a mount point: it is in a chroot to a plain directory.",
          "No line of /proc/PID/mountinfo has / in its fifth field.",
          "Pivot before the chroot, or bind the directory onto itself before the chroot.",
          List.of(
              "root-not-mount-point",
              "root-chrooted-to-mount-point",
              "chrooted-caller-moves-whole-mount"));

  /** The root is the kernel's first file system. */
  public static final Cause ROOTFS =
      new Cause(
          "rootfs",
          "EINVAL",
          "The caller's root is the initramfs (the kernel's rootfs), which older kernels cannot"
              + " replace.",
          "The line of / in mountinfo has the type rootfs, or is its own parent.",
          "Move the new root over it instead: switch_root, or mount --move . / and chroot.",
          List.of("rootfs-cannot-be-pivoted", "rootfs-other-ways", "initramfs-handoff"));

  /** The old root would not be reachable. */
  public static final Cause NOT_UNDERNEATH =
      new Cause(
          "not-underneath",
          "EINVAL",
          "put_old is not at or underneath new_root.",
          "Resolved, the path of put_old does not start with that of new_root and a slash.",
          "Make a directory below new_root and give that; or chdir to new_root and give . twice.",
          List.of(
              "put-old-not-underneath",
              "put-old-name-prefix",
              "put-old-equals-new-root",
              "dot-dot-trick"));

  /** The parent of the new root propagates. */
  public static final Cause SHARED_NEW_ROOT_PARENT =
      new Cause(
          "shared-new-root-parent",
          "EINVAL",
          "The mount that new_root is mounted on is shared.",
          "The line of that mount (its ID is the second field of new_root's line) has shared:N.",
          "mount --make-private on it, or mount --make-rprivate / in a mount namespace of your own.",
          List.of("shared-parent-of-new-root", "slave-private-unbindable-accepted"));

  /** The parent of the root propagates. */
  public static final Cause SHARED_ROOT_PARENT =
      new Cause(
          "shared-root-parent",
          "EINVAL",
          "The mount that the current root is mounted on is shared.",
          "It is often outside what the caller's mountinfo shows; look from the namespace's own"
              + " root.",
          "Make it private, from a process whose root is the namespace's own.",
          List.of("shared-parent-of-root"));

  /** The mount of put_old propagates. */
  public static final Cause SHARED_PUT_OLD =
      new Cause(
          "shared-put-old",
          "EINVAL",
          "The mount that put_old lies on is shared.",
          "The line of that mount in mountinfo has shared:N.",
          "mount --make-private on it. A shared new_root does no harm by itself.",
          List.of("shared-put-old-mount", "shared-new-root", "shared-new-root-private-put-old"));

  /** The new root may not be separated from what lies around it. */
  public static final Cause LOCKED =
      new Cause(
          "locked",
          "EINVAL",
          "new_root was mounted by a more privileged mount namespace and is locked in place.",
          "Nothing shows it; it is so for all mounts that a new user namespace inherited.",
          "Make a mount of your own: bind new_root onto itself with --rbind and pivot to that.",
          List.of("locked-new-root", "locked-root-passes-lock"));

  /** A mount is not of this namespace. */
  public static final Cause FOREIGN =
      new Cause(
          "foreign",
          "EINVAL",
          "new_root or put_old was reached through a descriptor and is on a mount of another mount"
              + " namespace, or on one that is attached nowhere.",
          "The mount's ID (statx) is not in the caller's mountinfo.",
          "Enter that namespace with setns, or attach the mount with move_mount.",
          List.of(
              "new-root-of-other-namespace",
              "put-old-of-other-namespace",
              "new-root-detached-tree",
              "new-root-outside-chroot"));

  private Causes() {}

  /** All of them, in the order in which kernels look for them: the first decides the error. */
  public static List<Cause> all() {
    return List.of(
        PRIVILEGE,
        MISSING,
        NOT_DIRECTORY,
        SHARED_PUT_OLD,
        SHARED_NEW_ROOT_PARENT,
        SHARED_ROOT_PARENT,
        FOREIGN,
        LOCKED,
        ON_ROOT_MOUNT,
        ROOT_NO_MOUNT_POINT,
        ROOTFS,
        NEW_ROOT_NO_MOUNT_POINT,
        NOT_UNDERNEATH);
  }
}
