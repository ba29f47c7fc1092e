package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/** Which of the mounts involved must not be shared. */
@Page("pivot_root(2)")
class PropagationClaims {

  @Claim(
      id = "shared-parent-of-new-root",
      section = "ERRORS",
      editions = "5.03+",
      says = "A new_root whose parent mount is shared, here the root mount, is refused with EINVAL",
      catches = "a kernel that takes new_root off a shared mount, in every peer or in one")
  void sharedParentOfNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.propagation("/", MountFlag.MS_PRIVATE);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "shared-parent-of-new-root-not-root-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "A new_root whose parent mount is shared, here not the root mount, is EINVAL too",
      catches = "a kernel that looks at the root mount's propagation instead of the parent's")
  void sharedParentOfNewRootNotRootMount(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.propagation("/mid", MountFlag.MS_SHARED);
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid", MountFlag.MS_PRIVATE);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "shared-parent-of-root",
      section = "ERRORS",
      editions = "5.03+",
      says = "A caller whose root's parent mount is shared is refused with EINVAL",
      catches = "a kernel that hangs new_root on a shared mount, in every peer or in one")
  void sharedParentOfRoot(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    Task p = stage.task("P");
    s.chroot("/mid");
    p.propagation("/", MountFlag.MS_SHARED);
    s.pivotRoot("/next", "/next/old").fails(Errno.EINVAL);
    p.propagation("/", MountFlag.MS_PRIVATE);
    s.pivotRoot("/next", "/next/old").succeeds();
  }

  @Claim(
      id = "shared-new-root",
      section = "ERRORS",
      editions = "5.03+",
      says = "A shared new_root, with put_old on it, is refused with EINVAL",
      catches = "a kernel that mounts the old root on a shared mount")
  void sharedNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.pivotRoot("/new", "/new").fails(Errno.EINVAL);
    s.propagation("/new", MountFlag.MS_PRIVATE);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "shared-new-root-private-put-old",
      section = "ERRORS",
      editions = "5.03+",
      says = "A shared new_root is refused with EINVAL even if put_old is a private mount below it",
      catches = "a kernel that asks about put_old's mount but not about new_root's")
  @Contradicted(
      because =
          "The kernel asks about the mounts that something is taken from or put on: the parents of"
              + " new_root and of the root, and put_old's mount. new_root's own type matters only"
              + " where put_old is on the same mount.")
  void sharedNewRootPrivatePutOld(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "shared-new-root-is-no-restriction",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The restrictions name new_root's parent, not new_root: a shared new_root with a private"
              + " mount as put_old becomes the root",
      catches = "a kernel that refuses it, or that makes it private on the way")
  void sharedNewRootIsNoRestriction(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new", MountFlag.MS_SHARED);
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
    s.mountOf(next).isShared();
  }

  @Claim(
      id = "shared-put-old-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "A put_old that is a mount point of a shared mount is refused with EINVAL",
      catches = "a kernel that stacks the old root on a shared mount")
  void sharedPutOldMount(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.propagation("/new/old", MountFlag.MS_PRIVATE);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "shared-put-old-topmost-counts",
      section = "ERRORS",
      editions = "5.03+",
      says = "Where mounts are stacked on put_old, the type of the topmost counts",
      catches = "a kernel that looks at the lowest mount of the stack, or at every one")
  void sharedPutOldTopmostCounts(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.umount("/new/old");
    s.propagation("/new/old", MountFlag.MS_SHARED);
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MountFlag.MS_PRIVATE);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "shared-root-is-no-restriction",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The restrictions name the root's parent, not the root: a shared root mount that is not"
              + " new_root's parent is moved to put_old",
      catches = "a kernel that asks about the root mount instead of its parent")
  void sharedRootIsNoRestriction(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.propagation("/", MountFlag.MS_SHARED);
    FileId root = s.stat("/").value();
    FileId next = s.stat("/mid/next").value();
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
    s.mountOf(root).isShared();
  }

  @Claim(
      id = "shared-mounts-elsewhere-are-no-restriction",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "Shared mounts below the root or below new_root that the call does not touch are fine",
      catches = "a kernel that looks for shared mounts in the whole tree")
  void sharedMountsElsewhereAreNoRestriction(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/other");
    s.propagation("/other", MountFlag.MS_SHARED);
    s.newTmpfs("/new/other");
    s.propagation("/new/other", MountFlag.MS_SHARED);
    s.pivotRoot("/new", "/new/old").succeeds();
  }
}
