package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** new_root and the current root must be mount points. */
@Page("pivot_root(2)")
class MountPointClaims {

  @Claim(
      id = "new-root-not-mount-point",
      section = "ERRORS",
      editions = "5.03+",
      says = "A new_root that is an ordinary directory of another mount is refused with EINVAL",
      catches = "a kernel that makes the mount around the directory, or the directory, the root")
  void newRootNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.mkdir("/new/sub/old");
    s.pivotRoot("/new/sub", "/new/sub/old").fails(Errno.EINVAL);
    s.bind("/new/sub", "/new/sub");
    s.pivotRoot("/new/sub", "/new/sub/old").succeeds();
  }

  @Claim(
      id = "new-root-same-directory-other-mount",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "A directory is a mount point where something is mounted on it, not where the same"
              + " directory is seen through another mount",
      catches = "a kernel that asks whether anything is mounted on the directory anywhere")
  void newRootSameDirectoryOtherMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.mkdir("/new/sub/old");
    s.mkdir("/view");
    s.bind("/new", "/view");
    s.bind("/new/sub", "/new/sub");
    s.pivotRoot("/view/sub", "/view/sub/old").fails(Errno.EINVAL);
    s.pivotRoot("/new/sub", "/new/sub/old").succeeds();
  }

  @Claim(
      id = "bind-onto-itself-makes-mount-point",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "A bind mount of a directory onto itself makes it a new_root",
      catches = "a kernel that still sees the mount below, and answers EBUSY or EINVAL")
  void bindOntoItselfMakesMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/next");
    s.mkdir("/next/old");
    FileId root = s.stat("/").value();
    FileId plain = s.stat("/next").value();
    s.bind("/next", "/next");
    FileId next = s.stat("/next").value();
    s.pivotRoot("/next", "/next/old").succeeds();
    s.stat("/").is(next);
    s.root().is(next);
    s.stat("/old").is(root);
    // The directory below the bind mount is still there, on the old root.
    s.stat("/old/next").is(plain);
    stage.check(next.sameFile(plain), "the bind mount shows another directory");
  }

  @Claim(
      id = "root-not-mount-point",
      section = "ERRORS",
      editions = "5.03+",
      says = "A caller whose root is an ordinary directory, by chroot(2), is refused with EINVAL",
      catches = "a kernel that moves the whole mount around the caller's root")
  void rootNotMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.newTmpfs("/jail/new");
    s.mkdir("/jail/new/old");
    Descriptor outside = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.chroot("/jail");
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.fchdir(outside);
    s.chroot(".");
    s.bind("/jail", "/jail", MountFlag.MS_REC);
    s.chroot("/jail");
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "root-chrooted-to-mount-point",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "A caller whose root is a mount point, by chroot(2), pivots that mount; the root of the"
              + " namespace stays",
      catches = "a kernel that refuses every chrooted caller, or moves the namespace's root mount")
  void rootChrootedToMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.newTmpfs("/mid/new");
    s.mkdir("/mid/new/old");
    Task p = stage.task("P");
    FileId whole = p.stat("/").value();
    FileId mid = p.stat("/mid").value();
    FileId next = p.stat("/mid/new").value();
    s.chroot("/mid");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(next);
    s.stat("/old").is(mid);
    p.root().is(whole);
    p.stat("/").is(whole);
    p.stat("/mid").is(next);
    p.stat("/mid/old").is(mid);
  }

  @Claim(
      id = "new-root-on-any-mount",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "new_root may be mounted anywhere below the root, not only on the root mount itself",
      catches = "a kernel that wants new_root's parent to be the root mount")
  void newRootOnAnyMount(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/new/deep");
    s.mkdir("/new/deep/old");
    FileId root = s.stat("/").value();
    FileId middle = s.stat("/new").value();
    FileId next = s.stat("/new/deep").value();
    s.pivotRoot("/new/deep", "/new/deep/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
    s.stat("/old/new").is(middle);
    stage.check(!s.stat("/old/new/deep").value().sameFile(next), "the new root is mounted twice");
  }
}
