package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Capability.CAP_DAC_OVERRIDE;
import static org.pivotroot.tck.model.call.Capability.CAP_DAC_READ_SEARCH;
import static org.pivotroot.tck.model.call.Capability.CAP_SYS_ADMIN;
import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EFAULT;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ELOOP;
import static org.pivotroot.tck.model.call.Errno.ENAMETOOLONG;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.OpenFlag.O_PATH;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_EXPIRE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_FORCE;
import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.bits;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Targets that cannot be unmounted, and callers that may not. */
@Page("umount(2)")
class ErrorClaims {

  @Claim(
      id = "umount-not-mount-point-einval",
      section = "ERRORS",
      says = "A directory that is no mount point is EINVAL, whatever the flags",
      catches = "a kernel that unmounts the mount which the directory is in")
  void notMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.umount("/new/old").fails(EINVAL);
    s.umount("/new/old", MNT_DETACH).fails(EINVAL);
    if (stage.has(Feature.FORCED_UNMOUNT)) {
      s.umount("/new/old", MNT_FORCE).fails(EINVAL);
    }
    if (stage.has(Feature.EXPIRY)) {
      s.umount("/new/old", MNT_EXPIRE).fails(EINVAL);
    }
    s.mountTmpfs("/new/old");
    s.umount("/new/old").succeeds();
  }

  @Claim(
      id = "umount-file-not-mount-point-einval",
      section = "ERRORS",
      says = "A regular file that is no mount point is EINVAL, not ENOTDIR",
      catches = "a kernel that takes directories only")
  void fileNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.umount("/new/file").fails(EINVAL);
    s.bind("/new/file", "/new/file");
    s.umount("/new/file").succeeds();
  }

  @Claim(
      id = "umount-device-no-target",
      section = "HISTORY",
      says = "The device that was mounted is no target: only the mount point is",
      catches = "a kernel that looks up what is mounted from the device",
      userland = true)
  void device(Stage stage) {
    Task s = stage.task("S");
    s.createDevice("/device");
    s.mount("/device", "/new/old", "tmpfs");
    s.umount("/device").fails(EINVAL);
    s.umount("/new/old").succeeds();
  }

  @Claim(
      id = "umount-bind-source-no-target",
      section = "ERRORS",
      says = "The directory that a bind mount was made from is not a mount point by that",
      catches = "a kernel that unmounts the bind mount by its source")
  void bindSource(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/target");
    s.bind("/new/old", "/target");
    s.umount("/new/old").fails(EINVAL);
    s.umount("/target").succeeds();
  }

  @Claim(
      id = "umount-locked-einval",
      section = "ERRORS",
      says = "A mount that came from a more privileged namespace is locked: EINVAL",
      catches = "a kernel in which a new user namespace may uncover what is mounted over",
      userland = true)
  void locked(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    FileId inherited = u.stat("/new").value();
    u.umount("/new").fails(EINVAL);
    u.umount("/new", MNT_DETACH).fails(EINVAL);
    if (stage.has(Feature.EXPIRY)) {
      u.umount("/new", MNT_EXPIRE).fails(EINVAL);
    }
    // Its own mounts are another matter, at the same place and by the same task.
    u.mountTmpfs("/new");
    u.umount("/new").succeeds();
    u.stat("/new").is(inherited);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-foreign-namespace-einval",
      section = "ERRORS",
      says = "A mount of another mount namespace is no mount point of the caller's: EINVAL",
      catches = "a kernel that changes the mount table of a namespace the caller is not in",
      editions = "none",
      userland = true)
  void foreignNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor theirs = q.open("/new", O_PATH).value();
    s.umount(theirs.path(), MNT_DETACH).fails(EINVAL);
    q.umount(theirs.path()).fails(EBUSY); // the descriptor itself is in it
    q.umount(theirs.path(), MNT_DETACH).succeeds();
    s.mountAt("/new").isThere();
  }

  @Claim(
      id = "umount-detached-tree-einval",
      section = "ERRORS",
      says = "A mount that open_tree(2) made and nobody attached is in no mount table: EINVAL",
      catches = "a kernel that dissolves such a mount under its descriptor",
      editions = "none",
      userland = true)
  void detachedTree(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.umount(tree.path(), MNT_DETACH).fails(EINVAL);
    s.moveMount(tree, "/place").succeeds();
    s.umount(tree.path(), MNT_DETACH).succeeds();
    s.mountAt("/place").isAbsent();
  }

  @Claim(
      id = "umount-enoent-missing",
      section = "ERRORS",
      says = "A component that does not exist is ENOENT",
      catches = "a kernel that says EINVAL of whatever is no mount point")
  void missing(Stage stage) {
    Task s = stage.task("S");
    s.umount("/missing").fails(ENOENT);
    s.umount("/missing/new").fails(ENOENT);
    s.symlink("/nowhere", "/dangling");
    s.umount("/dangling").fails(ENOENT);
  }

  @Claim(
      id = "umount-enoent-empty",
      section = "ERRORS",
      says = "An empty path is ENOENT, even where the working directory is a mount point",
      catches = "a kernel that takes an empty path for the working directory")
  void empty(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.umount("").fails(ENOENT);
    s.umount(".", MNT_DETACH).succeeds();
  }

  @Claim(
      id = "umount-efault",
      section = "ERRORS",
      says = "A target outside the address space is EFAULT",
      catches = "a kernel that says EINVAL, or ends the task")
  void badPointer(Stage stage) {
    Task s = stage.task("S");
    s.call(Syscall.UMOUNT2, badAddress(), flags()).fails(EFAULT);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-enametoolong-component",
      section = "ERRORS",
      says = "A component of more than 255 bytes is ENAMETOOLONG",
      catches = "a kernel that cuts long names short, or says ENOENT")
  void longComponent(Stage stage) {
    Task s = stage.task("S");
    s.umount("/" + "n".repeat(256)).fails(ENAMETOOLONG);
    s.umount("/" + "n".repeat(255)).fails(ENOENT);
  }

  @Claim(
      id = "umount-enametoolong-path",
      section = "ERRORS",
      says = "A path of 4096 bytes and more is ENAMETOOLONG; one byte less is not",
      catches = "a kernel with another limit")
  void longPath(Stage stage) {
    Task s = stage.task("S");
    s.umount("/".repeat(4093) + "new").fails(ENAMETOOLONG);
    s.umount("/".repeat(4092) + "new").succeeds();
  }

  @Claim(
      id = "umount-eloop",
      section = "ERRORS",
      says = "A circle of symbolic links is ELOOP",
      catches = "a kernel that gives up with another error",
      editions = "none")
  void loop(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/b", "/a");
    s.symlink("/a", "/b");
    s.umount("/a").fails(ELOOP);
  }

  @Claim(
      id = "umount-enotdir",
      section = "ERRORS",
      says = "A file in the place of a directory on the way is ENOTDIR",
      catches = "a kernel that says ENOENT or EINVAL",
      editions = "none")
  void notDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.umount("/file/new").fails(ENOTDIR);
  }

  @Claim(
      id = "umount-eacces",
      section = "ERRORS",
      says = "The caller must be allowed to search the directories on the way: EACCES",
      catches = "a kernel in which CAP_SYS_ADMIN stands for every other capability",
      editions = "none")
  void searchDenied(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0);
    s.newTmpfs("/closed/point");
    Task p = stage.task("P");
    p.drop(CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH);
    p.umount("/closed/point").fails(EACCES);
    p.umount("/new").succeeds();
    s.umount("/closed/point").succeeds();
  }

  @Claim(
      id = "umount-eperm",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN the call is EPERM, whatever the flags; user ID 0 is not enough",
      catches = "a kernel that asks for user ID 0, or for another capability")
  void noCapability(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.drop(CAP_SYS_ADMIN);
    p.umount("/new").fails(EPERM);
    p.umount("/new", MNT_DETACH).fails(EPERM);
    if (stage.has(Feature.EXPIRY)) {
      p.umount("/new", MNT_EXPIRE).fails(EPERM);
    }
    if (stage.has(Feature.FORCED_UNMOUNT)) {
      p.umount("/new", MNT_FORCE).fails(EPERM);
    }
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-eperm-in-user-namespace",
      section = "ERRORS",
      says = "CAP_SYS_ADMIN in a user namespace that does not own the mount namespace: EPERM",
      catches = "a kernel that takes capabilities of any user namespace",
      userland = true)
  void capabilityElsewhere(Stage stage) {
    Task s = stage.task("S");
    Task u = s.process("U", "unshare", "--user", "--map-root-user");
    u.umount("/new").fails(EPERM);
    u.umount("/new", MNT_DETACH).fails(EPERM);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-which-error-wins",
      section = "ERRORS",
      says = "A call that is wrong in several ways fails with one of their errors",
      catches = "a kernel that succeeds, or fails with something else",
      editions = "none")
  void whichErrorWins(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.drop(CAP_SYS_ADMIN);
    String missing = p.umount("/missing").verdict();
    String notMountPoint = p.umount("/new/old").verdict();
    String badFlag = p.call(Syscall.UMOUNT2, text("/new"), bits(0x10)).verdict();
    String badFlagMissing = s.call(Syscall.UMOUNT2, text("/missing"), bits(0x10)).verdict();
    stage.fact("no-capability-and-missing", missing);
    stage.fact("no-capability-and-not-mount-point", notMountPoint);
    stage.fact("no-capability-and-invalid-flag", badFlag);
    stage.fact("missing-and-invalid-flag", badFlagMissing);
    stage.check(missing.matches("EPERM|ENOENT"), () -> "a missing path gives " + missing);
    stage.check(notMountPoint.matches("EPERM|EINVAL"), () -> "a directory gives " + notMountPoint);
    stage.check(badFlag.matches("EPERM|EINVAL"), () -> "an invalid flag gives " + badFlag);
    stage.check(badFlagMissing.matches("ENOENT|EINVAL"), () -> "both give " + badFlagMissing);
  }
}
