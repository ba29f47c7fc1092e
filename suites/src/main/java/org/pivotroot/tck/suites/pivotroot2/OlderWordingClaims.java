package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** What the page said up to man-pages 5.02 and the kernels of today do not do. */
@Page("pivot_root(2)")
class OlderWordingClaims {

  @Claim(
      id = "same-filesystem-other-mount",
      section = "DESCRIPTION",
      editions = "4.15",
      says = "A new_root on the filesystem of the current root is refused with EBUSY",
      catches = "a kernel that compares mounts where the old page speaks of filesystems")
  @Contradicted(
      because =
          "The kernel compares mounts, not filesystems: a bind mount of a directory of the root"
              + " filesystem is another mount and so is accepted.")
  void sameFilesystemOtherMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/next");
    s.mkdir("/next/old");
    s.bind("/next", "/next");
    s.mountTmpfs("/next/old");
    s.pivotRoot("/next", "/next/old").fails(Errno.EBUSY);
  }

  @Claim(
      id = "same-filesystem-put-old",
      section = "DESCRIPTION",
      editions = "4.15",
      says = "A put_old on the filesystem of the current root is refused with EBUSY",
      catches = "a kernel that compares mounts where the old page speaks of filesystems")
  @Contradicted(
      because =
          "The kernel compares mounts, not filesystems: a bind mount of a directory of the root"
              + " filesystem below new_root is another mount and so is accepted.")
  void sameFilesystemPutOld(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/place", "/new/old");
    s.pivotRoot("/new", "/new/old").fails(Errno.EBUSY);
  }

  @Claim(
      id = "put-old-already-mounted-on",
      section = "ERRORS",
      editions = "4.15",
      says = "A put_old on which a filesystem is mounted is refused with EBUSY",
      catches = "a kernel that stacks the old root on what is mounted there")
  @Contradicted(
      because =
          "Mounts can be stacked since Linux 2.4, so the kernel has no reason to refuse: the old"
              + " root is mounted on top of what is mounted on put_old.")
  void putOldAlreadyMountedOn(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.pivotRoot("/new", "/new/old").fails(Errno.EBUSY);
  }

  @Claim(
      id = "put-old-already-mounted-on-stacks",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "put_old may be a mount point: the old root is stacked on what is mounted there",
      catches = "a kernel that refuses it, or mounts the old root underneath")
  void putOldAlreadyMountedOnStacks(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    FileId root = s.stat("/").value();
    FileId place = s.stat("/new/old").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/old").is(root);
    s.umount("/old").succeeds();
    s.stat("/old").is(place);
  }

  @Claim(
      id = "put-old-equals-new-root-refused",
      section = "DESCRIPTION",
      editions = "4.15",
      says = "put_old must be underneath new_root: the same directory is refused with EINVAL",
      catches = "a kernel that reaches put_old from new_root by going nowhere")
  @Contradicted(
      because =
          "The kernel asks whether put_old can be reached from new_root, which it can be in no"
              + " steps; the page speaks of zero or more steps since 5.03.")
  void putOldEqualsNewRootRefused(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", "/new").fails(Errno.EINVAL);
  }

  @Claim(
      id = "new-root-need-not-be-mount-point",
      section = "NOTES",
      editions = "4.15",
      says = "new_root need not be a mount point: the mount that it is on becomes the root mount",
      catches = "a kernel that refuses an ordinary directory")
  @Contradicted(
      because =
          "The kernel refuses a new_root that is not the root of its mount with EINVAL, and did so"
              + " long before the page was corrected in 5.03.")
  void newRootNeedNotBeMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.mkdir("/new/sub/old");
    s.pivotRoot("/new/sub", "/new/sub/old").succeeds();
  }

  @Claim(
      id = "chrooted-caller-moves-whole-mount",
      section = "NOTES",
      editions = "4.15",
      says =
          "If the caller's root is no mount point, the mount around it is moved to put_old, not"
              + " the directory",
      catches = "a kernel that refuses a caller whose root is an ordinary directory")
  @Contradicted(
      because =
          "The kernel refuses a caller whose root is not the root of its mount with EINVAL, and did"
              + " so long before the page was corrected in 5.03.")
  void chrootedCallerMovesWholeMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.newTmpfs("/jail/new");
    s.mkdir("/jail/new/old");
    FileId whole = s.stat("/").value();
    s.chroot("/jail");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/old").is(whole);
  }
}
