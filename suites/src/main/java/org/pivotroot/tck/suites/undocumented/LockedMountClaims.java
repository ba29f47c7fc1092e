package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.look.FileId;

/**
 * A process that goes on after the call needs its files in the new root: there, new_root is a copy
 * of the whole root. Mounts that a less privileged mount namespace has inherited are locked
 * (mount_namespaces(7)); what that means for pivot_root(2) no page says.
 */
@Page("undocumented")
class LockedMountClaims {

  @Claim(
      id = "locked-new-root",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "A mount inherited from a more privileged namespace is refused as new_root with EINVAL;"
              + " a bind mount of it is not",
      catches = "a kernel that lets an ordinary user take an inherited mount off what it covers",
      userland = true)
  void lockedNewRoot(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    u.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    u.bind("/new", "/new");
    u.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "unlocked-new-root-in-user-namespace",
      section = "pivot_root(2)",
      editions = "none",
      says = "A mount made within the less privileged namespace is accepted as new_root",
      catches = "a kernel that takes every mount of such a namespace for locked",
      userland = true)
  void unlockedNewRootInUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/next");
    Task u = s.lessPrivileged("U");
    u.mountTmpfs("/next");
    u.mkdir("/next/old");
    FileId root = u.stat("/").value();
    FileId next = u.stat("/next").value();
    u.pivotRoot("/next", "/next/old").succeeds();
    u.root().is(next);
    u.mountOf(root).isOn(next.mount());
  }

  @Claim(
      id = "locked-put-old-accepted",
      section = "pivot_root(2)",
      editions = "none",
      says = "The old root may be stacked on a locked mount: that uncovers nothing",
      catches = "a kernel that asks whether put_old's mount is locked",
      userland = true)
  void lockedPutOldAccepted(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U");
    u.mountAt("/new/old").isLocked();
    u.bind("/new", "/new", MountFlag.MS_REC);
    // The copy of the locked mount is locked to its parent as well.
    u.mountAt("/new/old").isLocked();
    FileId root = u.stat("/").value();
    FileId locked = u.stat("/new/old").value();
    u.pivotRoot("/new", "/new/old").succeeds();
    u.mountOf(root).isOn(locked.mount());
  }

  @Claim(
      id = "locked-root-passes-lock",
      section = "pivot_root(2)",
      editions = "none",
      says = "Where the old root was locked, the new root is: what lies under it stays hidden",
      catches = "a kernel in which two calls uncover what an inherited root mount covers",
      userland = true)
  void lockedRootPassesLock(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task u = s.lessPrivileged("U");
    u.bind("/", "/new", MountFlag.MS_REC);
    u.pivotRoot("/new", "/new/place").succeeds();
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
  }

  @Claim(
      id = "unlocked-root-passes-no-lock",
      section = "pivot_root(2)",
      editions = "none",
      says = "Where the old root was not locked, the new root is not: it can be detached",
      catches = "a kernel that locks every new root")
  void unlockedRootPassesNoLock(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.umount("/", UmountFlag.MNT_DETACH).succeeds();
  }

  @Claim(
      id = "locked-root-loses-lock",
      section = "pivot_root(2)",
      editions = "none",
      says = "The old root, locked until then, is free at put_old and can be unmounted",
      catches = "a kernel that leaves the lock on the old root, so that it can never be let go",
      userland = true)
  void lockedRootLosesLock(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task u = s.lessPrivileged("U");
    u.bind("/", "/new", MountFlag.MS_REC);
    FileId root = u.stat("/").value();
    FileId covered = u.stat("/new/place").value();
    u.pivotRoot("/new", "/new/place").succeeds();
    u.stat("/place").is(root);
    u.umount("/place", UmountFlag.MNT_DETACH).succeeds();
    u.stat("/place").is(covered);
    u.mountOf(root).isAbsent();
  }

  @Claim(
      id = "locked-new-root-is-not-uncovered-by-old",
      section = "pivot_root(2)",
      editions = "none",
      says = "The mounts that were inherited with the old root stay locked to it at put_old",
      catches = "a kernel that unlocks the whole tree below the old root with it",
      userland = true)
  void lockedNewRootIsNotUncoveredByOld(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/secret");
    s.mkdir("/place");
    Task u = s.lessPrivileged("U");
    u.bind("/", "/new", MountFlag.MS_REC);
    u.mountAt("/secret").isLocked();
    u.pivotRoot("/new", "/new/place").succeeds();
    u.mountAt("/place/secret").isLocked();
    u.umount("/place/secret", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
  }

  @Claim(
      id = "rootfs-copy-stays-locked",
      section = "umount(2)",
      editions = "none",
      says =
          "A less privileged namespace cannot unmount the rootfs, not even since 7.0, where nothing"
              + " would be uncovered (the merge c84bb79f70c6 has it that no lock is needed)",
      catches = "a kernel that does not lock what was copied to the namespace's root",
      in = Placement.INITRAMFS,
      userland = true)
  void rootfsCopyStaysLocked(Stage stage) {
    Task s = stage.task("S");
    // Where this works it is the lock alone that keeps the other from it.
    Task privileged = stage.taskInOtherNamespace("PRIVILEGED");
    stage.fact(
        "in a namespace of the same owner",
        privileged.umount("/", UmountFlag.MNT_DETACH).verdict());
    Task u = s.lessPrivileged("U");
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.umount("/proc", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
  }

  @Claim(
      id = "mount-over-rootfs-stays-locked",
      section = "umount(2)",
      editions = "none",
      says = "What is mounted over the rootfs cannot be unmounted in a less privileged namespace",
      catches = "a kernel that lets an unprivileged user uncover the initramfs",
      in = Placement.ROOT,
      userland = true)
  void mountOverRootfsStaysLocked(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    FileId root = u.stat("/").value();
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.mountTmpfs("/mnt").succeeds();
    u.mkdir("/mnt/old");
    // The lock goes on to what takes the root's place.
    u.pivotRoot("/mnt", "/mnt/old").succeeds();
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.umount("/old", UmountFlag.MNT_DETACH).succeeds();
    u.mountOf(root).isAbsent();
  }

  @Claim(
      id = "locked-mount-stays-locked-when-remounted",
      section = "mount_namespaces(7)",
      editions = "none",
      says =
          "Other flags do not take the lock from a mount that a less privileged namespace inherited",
      catches = "a kernel in which a remount is the way to what the mount covers",
      userland = true)
  void staysLockedWhenRemounted(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/hidden");
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U");
    u.umount("/new/old").fails(Errno.EINVAL);
    u.mount("none", "/new/old", "", MountFlag.MS_REMOUNT, MountFlag.MS_BIND, MountFlag.MS_NODEV)
        .succeeds();
    u.umount("/new/old").fails(Errno.EINVAL);
    u.stat("/new/old/hidden").fails(Errno.ENOENT);
    u.propagation("/new/old", MountFlag.MS_SHARED).succeeds();
    u.umount("/new/old", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.mountTmpfs("/new/old").succeeds();
    u.umount("/new/old").succeeds();
    u.umount("/new/old").fails(Errno.EINVAL);
  }
}
