package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.Errno.EROFS;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_FORCE;
import static org.pivotroot.tck.model.call.UmountFlag.UMOUNT_NOFOLLOW;
import static org.pivotroot.tck.model.call.Value.bits;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.look.FileId;

/** UMOUNT_NOFOLLOW, MNT_FORCE, flags that are none, and the caller's root as target. */
@Page("umount(2)")
class FlagClaims {

  @Claim(
      id = "umount-nofollow-symlink-einval",
      section = "DESCRIPTION",
      says = "With UMOUNT_NOFOLLOW a symbolic link is itself the target, and so no mount point",
      catches = "a kernel that follows the link")
  void nofollowSymlink(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/new", "/link");
    s.umount("/link", UMOUNT_NOFOLLOW).fails(EINVAL);
    s.umount("/new", UMOUNT_NOFOLLOW).succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-follow-symlink-without-flag",
      section = "DESCRIPTION",
      says = "Without UMOUNT_NOFOLLOW a symbolic link leads to the target",
      catches = "a kernel that never follows")
  void follow(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/new", "/link");
    s.umount("/link").succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-nofollow-last-component-only",
      section = "DESCRIPTION",
      says = "UMOUNT_NOFOLLOW is about the target itself: links on the way to it are followed",
      catches = "a kernel that refuses every symbolic link")
  void nofollowLastOnly(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.symlink("/new", "/link");
    s.umount("/link/old", UMOUNT_NOFOLLOW).succeeds();
    s.mountAt("/new/old").isAbsent();
    s.mountAt("/new").isThere();
  }

  @Claim(
      id = "umount-nofollow-trailing-slash",
      section = "DESCRIPTION",
      says = "A trailing slash has the link resolved all the same, as path_resolution(7) says",
      catches = "a kernel that drops the slash before it looks at the link",
      editions = "none")
  void nofollowTrailingSlash(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/new", "/link");
    s.umount("/link/", UMOUNT_NOFOLLOW).succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-invalid-flag-einval",
      section = "ERRORS",
      says = "Any flag but the four is EINVAL",
      catches = "a kernel that ignores flags it does not know")
  void invalidFlag(Stage stage) {
    Task s = stage.task("S");
    for (int bit = 4; bit < 32; bit++) {
      s.call(Syscall.UMOUNT2, text("/new"), bits(1L << bit)).fails(EINVAL);
    }
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-invalid-flag-beside-valid-einval",
      section = "ERRORS",
      says = "An invalid flag is EINVAL beside a valid one too",
      catches = "a kernel that takes the flags it knows and drops the rest")
  void invalidFlagBesideValid(Stage stage) {
    Task s = stage.task("S");
    s.call(Syscall.UMOUNT2, text("/new"), bits(0x12))
        .fails(EINVAL); // MNT_DETACH and the next free bit
    s.call(Syscall.UMOUNT2, text("/new"), bits(0x80000008L))
        .fails(EINVAL); // UMOUNT_NOFOLLOW, UMOUNT_UNUSED
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-force-needs-admin-of-the-file-system",
      section = "DESCRIPTION",
      editions = "none",
      says = "MNT_FORCE needs CAP_SYS_ADMIN in the user namespace that owns the file system: EPERM",
      catches = "a kernel in which a user namespace aborts requests of a file system of its parent",
      userland = true)
  void forceNeedsAdmin(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/own");
    Task u = s.lessPrivileged("U");
    u.bind("/new", "/place");
    u.mountTmpfs("/own");
    u.umount("/place", MNT_FORCE).fails(EPERM);
    u.umount("/own", MNT_FORCE).succeeds();
    u.umount("/place").succeeds();
  }

  @Claim(
      id = "umount-force-on-tmpfs-behaves-as-plain",
      section = "DESCRIPTION",
      says = "MNT_FORCE does not unmount what is in active use",
      catches = "a kernel that takes the flag for MNT_DETACH")
  void force(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chdir("/new");
    s.umount("/new", MNT_FORCE).fails(EBUSY);
    p.chdir("/");
    s.umount("/new", MNT_FORCE).succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-force-needs-admin-over-filesystem",
      section = "ERRORS",
      says = "MNT_FORCE asks for privilege over the file system itself, not only over the mount",
      catches = "a kernel that lets a user namespace abort the requests of others' file systems",
      editions = "none",
      userland = true)
  void forceInUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/theirs");
    s.mkdir("/ours");
    Task u = s.lessPrivileged("U");
    u.bind("/new", "/theirs");
    u.umount("/theirs", MNT_FORCE).fails(EPERM);
    u.umount("/theirs").succeeds();
    u.mountTmpfs("/ours");
    u.umount("/ours", MNT_FORCE).succeeds();
  }

  @Claim(
      id = "umount-own-root-removes-attachment",
      section = "DESCRIPTION",
      says = "The call removes the attachment of the target, the caller's root included",
      catches = "a kernel in which unmounting the root fails, or really unmounts it")
  @Contradicted(
      because =
          "Without MNT_DETACH the caller's root mount is not unmounted: the file system is made"
              + " read-only and the call returns success, as shutdown scripts of old expect")
  void ownRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    FileId root = p.root().value();
    s.createFile("/new/before").succeeds();
    p.umount("/").succeeds();
    stage.fact("writing-afterwards", s.createFile("/new/after").verdict());
    s.mountOf(root).isAbsent();
  }

  @Claim(
      id = "umount-own-root-made-read-only",
      section = "DESCRIPTION",
      says = "Unmounting the caller's root without MNT_DETACH makes its file system read-only",
      catches = "a kernel that does nothing, or makes only this mount of it read-only",
      editions = "none")
  void ownRootReadOnly(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.mkdir("/other");
    s.bind("/new", "/other");
    p.chroot("/new");
    FileId root = p.root().value();
    p.umount("/").succeeds();
    p.root().is(root);
    s.stat("/new").is(root);
    s.createFile("/other/after").fails(EROFS);
  }

  @Claim(
      id = "umount-own-root-needs-admin-of-the-file-system",
      section = "ERRORS",
      says = "To make it read-only takes privilege over the file system, not only over the mount",
      catches = "a kernel in which a user namespace makes the file systems of others read-only",
      editions = "none",
      userland = true)
  void ownRootInUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/theirs");
    s.mkdir("/ours");
    Task u = s.lessPrivileged("U");
    u.bind("/new", "/theirs");
    u.chroot("/theirs");
    u.umount("/").fails(EPERM);
    s.createFile("/new/after").succeeds();
    Task v = s.lessPrivileged("V");
    v.mountTmpfs("/ours");
    v.chroot("/ours");
    v.createFile("/before").succeeds();
    v.umount("/").succeeds();
    v.createFile("/after").fails(EROFS);
  }

  @Claim(
      id = "umount-own-root-of-another-namespace",
      section = "DESCRIPTION",
      says = "That needs a root in the caller's mount namespace; with another it is EINVAL",
      catches = "a kernel that makes a file system read-only for a namespace the caller is not in",
      editions = "none")
  void ownRootElsewhere(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    p.fchdir(q.open("/new", O_DIRECTORY).value());
    p.chroot(".");
    FileId root = p.root().value();
    p.umount("/").fails(EINVAL);
    p.root().is(root);
    q.createFile("/new/after").succeeds();
    s.chroot("/new");
    s.umount("/").succeeds();
    q.createFile("/new/later").fails(EROFS);
  }
}
