package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** Neither new_root nor put_old may be on the current root mount: EBUSY. */
@Page("pivot_root(2)")
class BusyClaims {

  @Claim(
      id = "new-root-on-root-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "A directory of the current root mount as new_root is refused with EBUSY",
      catches = "a kernel that answers EINVAL, as for any other directory that is no mount point")
  void newRootOnRootMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/next");
    s.newTmpfs("/next/old");
    s.pivotRoot("/next", "/next/old").fails(Errno.EBUSY);
    s.bind("/next", "/next");
    s.pivotRoot("/next", "/next/old").succeeds();
  }

  @Claim(
      id = "put-old-on-root-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "A directory of the current root mount as put_old is refused with EBUSY",
      catches = "a kernel that answers EINVAL, as for any other put_old outside new_root")
  void putOldOnRootMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/old");
    s.pivotRoot("/new", "/old").fails(Errno.EBUSY);
    s.rmdir("/old");
    s.symlink("/new/old", "/old");
    s.pivotRoot("/new", "/old").succeeds();
  }

  @Claim(
      id = "both-on-root-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "Two directories of the current root mount are refused with EBUSY",
      catches = "a kernel that compares new_root with put_old instead of either with the root")
  void bothOnRootMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/next");
    s.mkdir("/next/old");
    s.pivotRoot("/next", "/next/old").fails(Errno.EBUSY);
    s.bind("/next", "/next");
    s.pivotRoot("/next", "/next/old").succeeds();
  }

  @Claim(
      id = "new-root-is-slash",
      section = "ERRORS",
      editions = "5.03+",
      says = "/ as new_root, with a put_old on another mount underneath, is refused with EBUSY",
      catches = "a kernel that pivots a mount with itself, making a loop in the mount tree")
  void newRootIsSlash(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/", "/new/old").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-is-slash",
      section = "ERRORS",
      editions = "5.03+",
      says = "/ as put_old, with a mount point as new_root, is refused with EBUSY",
      catches = "a kernel that mounts the old root on itself")
  void putOldIsSlash(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", "/").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/new").succeeds();
  }

  @Claim(
      id = "both-slash",
      section = "ERRORS",
      editions = "5.03+",
      says = "/ as both is refused with EBUSY",
      catches = "a kernel that takes two equal names for a successful nothing")
  void bothSlash(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/", "/").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/new").succeeds();
  }

  @Claim(
      id = "both-dot-at-slash",
      section = "ERRORS",
      editions = "5.03+",
      says = "The root by another name, . or .. with the working directory at /, is EBUSY too",
      catches = "a kernel that compares names with /")
  void bothDotAtSlash(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/");
    s.pivotRoot(".", ".").fails(Errno.EBUSY);
    s.pivotRoot("..", "..").fails(Errno.EBUSY);
    s.chdir("/new");
    s.pivotRoot("..", ".").fails(Errno.EBUSY);
    s.pivotRoot(".", "..").fails(Errno.EBUSY);
    s.pivotRoot(".", ".").succeeds();
  }

  @Claim(
      id = "root-mount-is-of-caller",
      section = "ERRORS",
      editions = "5.03+",
      says = "The current root mount is the one that the caller's root is on, after chroot(2) too",
      catches = "a kernel that compares with the root mount of the namespace")
  void rootMountIsOfCaller(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.mkdir("/mid/next");
    s.newTmpfs("/mid/next/old");
    Task p = stage.task("P");
    FileId whole = p.stat("/").value();
    s.chroot("/mid");
    s.pivotRoot("/next", "/next/old").fails(Errno.EBUSY);
    p.mountTmpfs("/mid/next");
    p.mkdir("/mid/next/old");
    FileId next = p.stat("/mid/next").value();
    FileId mid = p.stat("/mid").value();
    s.pivotRoot("/next", "/next/old").succeeds();
    s.root().is(next);
    s.stat("/old").is(mid);
    p.root().is(whole);
  }

  @Claim(
      id = "root-mount-elsewhere-in-namespace",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "The mount that the namespace's other tasks have as root is not in the way of a caller"
              + " whose root is another: a failing pivot across it is EINVAL, not EBUSY",
      catches = "a kernel that keeps one root mount per namespace in mind")
  void rootMountElsewhereInNamespace(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.newTmpfs("/mid/new");
    s.mkdir("/mid/new/old");
    s.chdir("/");
    s.chroot("/mid");
    // The working directory is still the root mount of the namespace.
    s.pivotRoot("/new", ".").fails(Errno.EINVAL);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "busy-leaves-second-try",
      section = "ERRORS",
      editions = "5.03+",
      says = "A refused call takes nothing with it: new_root and put_old are still free to unmount",
      catches = "a kernel that keeps a reference or a mountpoint mark after EBUSY")
  void busyLeavesSecondTry(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/other");
    s.pivotRoot("/", "/new/old").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/other").fails(Errno.EBUSY);
    s.rmdir("/other").succeeds();
    s.rmdir("/new/old").succeeds();
    s.umount("/new").succeeds();
    s.rmdir("/new").succeeds();
  }

  @Claim(
      id = "put-old-on-root-filesystem-other-mount",
      section = "ERRORS",
      editions = "5.03+",
      says = "It is the root mount that counts: put_old may be on another mount of its filesystem",
      catches = "a kernel that compares filesystems")
  void putOldOnRootFilesystemOtherMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/place", "/new/old");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }
}
