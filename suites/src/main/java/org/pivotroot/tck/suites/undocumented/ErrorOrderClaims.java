package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;

/** Which error pivot_root(2) reports where it has the choice. */
@Page("undocumented")
class ErrorOrderClaims {

  @Claim(
      id = "perm-or-lookup-first",
      section = "pivot_root(2)",
      editions = "none",
      says = "Without CAP_SYS_ADMIN and without such a new_root, the missing privilege is reported",
      catches = "a kernel that tells an unprivileged caller more than EPERM")
  @Contradicted(
      from = "7.0",
      because =
          "Since Linux 7.0 the system call looks up both names before it asks for the privilege,"
              + " so that a failing lookup is what is reported; before, it asked first.")
  void permOrLookupFirst(Stage stage) {
    Task s = stage.task("S");
    s.drop(Capability.CAP_SYS_ADMIN);
    Outcome<Void> refused = s.pivotRoot("/missing", "/new/old");
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.EPERM);
  }

  @Claim(
      id = "perm-or-lookup-of-put-old-first",
      section = "pivot_root(2)",
      editions = "none",
      says = "Without CAP_SYS_ADMIN and without such a put_old, the missing privilege is reported",
      catches = "a kernel that tells an unprivileged caller more than EPERM")
  @Contradicted(
      from = "7.0",
      because =
          "Since Linux 7.0 the system call looks up both names before it asks for the privilege,"
              + " so that a failing lookup is what is reported; before, it asked first.")
  void permOrLookupOfPutOldFirst(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.drop(Capability.CAP_SYS_ADMIN);
    Outcome<Void> refused = s.pivotRoot("/new", "/new/file");
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.EPERM);
  }

  @Claim(
      id = "perm-or-bad-pointer-first",
      section = "pivot_root(2)",
      editions = "none",
      says = "Without CAP_SYS_ADMIN and with a bad address, the missing privilege is reported",
      catches = "a kernel that reads the caller's memory before it asks whether the caller may")
  @Contradicted(
      from = "7.0",
      because =
          "Since Linux 7.0 the system call reads and looks up both names before it asks for the"
              + " privilege, so that the bad address is what is reported; before, it asked first.")
  void permOrBadPointerFirst(Stage stage) {
    Task s = stage.task("S");
    s.drop(Capability.CAP_SYS_ADMIN);
    Outcome<Void> refused = s.pivotRoot(badAddress(), text("/new/old"));
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.EPERM);
  }

  @Claim(
      id = "perm-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "Without CAP_SYS_ADMIN, / as new_root is EPERM, not EBUSY",
      catches = "a kernel that looks at the mounts before it asks for the privilege")
  void permBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.drop(Capability.CAP_SYS_ADMIN);
    s.pivotRoot("/", "/").fails(Errno.EPERM);
    p.pivotRoot("/", "/").fails(Errno.EBUSY);
  }

  @Claim(
      id = "perm-before-not-mount-point",
      section = "pivot_root(2)",
      editions = "none",
      says = "Without CAP_SYS_ADMIN, a new_root that is no mount point is EPERM, not EINVAL",
      catches = "a kernel that looks at the mounts before it asks for the privilege")
  void permBeforeNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.drop(Capability.CAP_SYS_ADMIN);
    s.pivotRoot("/new/old", "/new/old").fails(Errno.EPERM);
    p.pivotRoot("/new/old", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "new-root-looked-up-first",
      section = "pivot_root(2)",
      editions = "none",
      says = "Of two names that cannot be looked up, new_root's error is reported",
      catches = "a kernel that looks put_old up first")
  void newRootLookedUpFirst(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.pivotRoot("/missing", "/file").fails(Errno.ENOENT);
    s.pivotRoot("/file", "/missing").fails(Errno.ENOTDIR);
  }

  @Claim(
      id = "new-root-looked-up-before-put-old-is-read",
      section = "pivot_root(2)",
      editions = "none",
      says = "A new_root that is missing is reported before put_old's address is found bad",
      catches = "a kernel that reads both names before it looks up either")
  void newRootLookedUpBeforePutOldIsRead(Stage stage) {
    Task s = stage.task("S");
    Outcome<Void> refused = s.pivotRoot(text("/missing"), badAddress());
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.ENOENT);
    s.pivotRoot(text("/new"), badAddress()).fails(Errno.EFAULT);
  }

  @Claim(
      id = "lookup-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "A missing put_old is reported though new_root is the root itself: ENOENT",
      catches = "a kernel that looks at new_root's mount before it looks put_old up")
  void lookupBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/", "/missing").fails(Errno.ENOENT);
    s.pivotRoot("/missing", "/").fails(Errno.ENOENT);
    s.pivotRoot("/", "/").fails(Errno.EBUSY);
  }

  @Claim(
      id = "lookup-before-shared",
      section = "pivot_root(2)",
      editions = "none",
      says = "A missing put_old is reported though new_root's parent is shared: ENOENT",
      catches = "a kernel that looks at new_root's mount before it looks put_old up")
  void lookupBeforeShared(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/missing").fails(Errno.ENOENT);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "shared-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "With a shared root mount, put_old on it is EINVAL for the sharing, not EBUSY",
      catches = "a kernel that compares the mounts before it asks for their types")
  void sharedBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_SHARED);
    s.pivotRoot("/", "/").fails(Errno.EINVAL);
    s.propagation("/", MountFlag.MS_PRIVATE);
    s.pivotRoot("/", "/").fails(Errno.EBUSY);
  }

  @Claim(
      id = "busy-before-not-mount-point",
      section = "pivot_root(2)",
      editions = "none",
      says = "A directory of the root mount is EBUSY as new_root, not EINVAL for no mount point",
      catches = "a kernel that asks for a mount point before it compares the mounts")
  void busyBeforeNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/plain");
    s.pivotRoot("/plain", "/new/old").fails(Errno.EBUSY);
    s.pivotRoot("/new/old", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "busy-before-not-underneath",
      section = "pivot_root(2)",
      editions = "none",
      says = "A put_old on the root mount is EBUSY, not EINVAL for being outside new_root",
      catches = "a kernel that follows the mounts up before it compares them")
  void busyBeforeNotUnderneath(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/outside");
    s.pivotRoot("/new", "/outside").fails(Errno.EBUSY);
    s.mountTmpfs("/outside");
    s.pivotRoot("/new", "/outside").fails(Errno.EINVAL);
  }

  @Claim(
      id = "busy-before-root-not-mount-point",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "A caller with an ordinary directory as root gets EBUSY for a new_root on the mount"
              + " around it, and EINVAL for any other",
      catches = "a kernel that looks at the caller's root first")
  void busyBeforeRootNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/plain");
    s.newTmpfs("/jail/new");
    s.chroot("/jail");
    s.pivotRoot("/plain", "/new").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/new").fails(Errno.EINVAL);
  }

  @Claim(
      id = "foreign-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "A caller whose root is in another namespace gets EINVAL for /, not EBUSY",
      catches = "a kernel that compares mounts before it asks whose they are")
  void foreignBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    s.fchdir(q.open("/", OpenFlag.O_PATH).value());
    s.chroot(".");
    s.pivotRoot("/", "/").fails(Errno.EINVAL);
    q.pivotRoot("/", "/").fails(Errno.EBUSY);
  }

  @Claim(
      id = "removed-new-root-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "A removed directory of the root mount is ENOENT as new_root, not EBUSY",
      catches = "a kernel that compares the mounts before it asks whether the directory is there")
  void removedNewRootBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/plain");
    s.chdir("/plain");
    s.pivotRoot(".", "/new/old").fails(Errno.EBUSY);
    s.rmdir("/plain");
    s.pivotRoot(".", "/new/old").fails(Errno.ENOENT);
  }

  @Claim(
      id = "shared-before-removed-new-root",
      section = "pivot_root(2)",
      editions = "none",
      says = "A removed new_root is EINVAL where put_old's mount is shared, not ENOENT",
      catches = "a kernel that asks whether new_root is there before it asks for types")
  void sharedBeforeRemovedNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/plain");
    s.chdir("/plain");
    s.rmdir("/plain");
    s.propagation("/new", MountFlag.MS_SHARED);
    s.pivotRoot(".", "/new/old").fails(Errno.EINVAL);
    s.propagation("/new", MountFlag.MS_PRIVATE);
    s.pivotRoot(".", "/new/old").fails(Errno.ENOENT);
  }

  @Claim(
      id = "removed-put-old-before-shared",
      section = "pivot_root(2)",
      editions = "none",
      says = "A removed put_old is ENOENT though new_root's parent is shared",
      catches = "a kernel that looks at the mounts before it takes hold of put_old")
  void removedPutOldBeforeShared(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_SHARED);
    s.chdir("/new/old");
    s.pivotRoot("/new", ".").fails(Errno.EINVAL);
    s.rmdir("/new/old");
    Outcome<Void> refused = s.pivotRoot("/new", ".");
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.ENOENT);
  }

  @Claim(
      id = "removed-put-old-before-busy",
      section = "pivot_root(2)",
      editions = "none",
      says = "A removed put_old is ENOENT though new_root is the root itself",
      catches = "a kernel that compares the mounts before it takes hold of put_old")
  void removedPutOldBeforeBusy(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.pivotRoot("/", ".").fails(Errno.EBUSY);
    s.rmdir("/new/old");
    Outcome<Void> refused = s.pivotRoot("/", ".");
    stage.fact("errno", refused.verdict());
    refused.fails(Errno.ENOENT);
  }
}
