package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/**
 * The old text of the page left open whether the call moves other tasks. Two tasks, S that calls
 * and P that does not, under its advice to change root and working directory beforehand.
 */
@Page("pivot_root(2)")
class TwoReadingsClaims {

  @Claim(
      id = "two-processes-both-prepared",
      section = "DESCRIPTION",
      says =
          "When every other task has changed root and cwd to new_root, and the caller its cwd, the"
              + " old root can be unmounted and all run on",
      editions = "4.15",
      catches = "a kernel that holds on to the old root for a task which has left it")
  void twoProcessesBothPrepared(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/marker");
    Task p = stage.task("P");
    FileId newRoot = s.stat("/new").value();
    FileId marker = s.stat("/new/marker").value();
    p.chdir("/new");
    p.chroot(".");
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
    s.umount("/old").succeeds();
    for (Task task : new Task[] {s, p}) {
      task.root().is(newRoot);
      task.cwd().is(newRoot);
      task.stat("/marker").is(marker);
      task.getcwd().is("/");
    }
  }

  @Claim(
      id = "caller-prepared-with-chroot",
      section = "DESCRIPTION",
      says =
          "It is easy for processes to be right in either case: all of them, the caller included,"
              + " change root and cwd to new_root before the call",
      editions = "4.15",
      catches = "a kernel that follows the advice to the letter")
  @Contradicted(
      because =
          "once the caller has made new_root its root with chroot, new_root is its current root"
              + " mount and the call is refused with EBUSY: the advice can only be followed by"
              + " the other tasks")
  void callerPreparedWithChroot(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.chroot(".");
    s.pivotRoot(".", "old").succeeds();
  }

  @Claim(
      id = "caller-prepared-with-chroot-is-busy",
      section = "DESCRIPTION",
      says =
          "The call of a task that made new_root its root with chroot beforehand fails with EBUSY",
      editions = "none",
      catches = "a kernel that compares new_root with the namespace's root, not with the caller's")
  void callerPreparedWithChrootIsBusy(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chdir("/new");
    p.chroot(".");
    p.pivotRoot(".", "old").fails(Errno.EBUSY);
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
  }

  @Claim(
      id = "second-process-forgets-cwd",
      section = "DESCRIPTION",
      says = "A task whose cwd stays below the old root keeps that busy until it leaves",
      editions = "4.15",
      catches = "a kernel that unmounts under a working directory, or moves P out of the way")
  void secondProcessForgetsCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    Task p = stage.task("P");
    FileId newRoot = s.stat("/new").value();
    p.chdir("/tmp");
    FileId tmp = p.stat(".").value();
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
    p.root().is(newRoot);
    p.cwd().is(tmp);
    s.umount("/old").fails(Errno.EBUSY);
    p.getcwd().is("/old/tmp");
    p.chdir("/");
    s.umount("/old").succeeds();
    p.cwd().is(newRoot);
  }

  @Claim(
      id = "second-process-forgets-root",
      section = "DESCRIPTION",
      says = "A task whose root stays below the old root keeps that busy until it ends",
      editions = "4.15",
      catches = "a kernel that unmounts under a root directory, or moves P out of the way")
  void secondProcessForgetsRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    p.chdir("/new");
    p.chroot("/jail");
    FileId newRoot = s.stat("/new").value();
    FileId jail = s.stat("/jail").value();
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
    p.root().is(jail);
    p.cwd().is(newRoot);
    s.umount("/old").fails(Errno.EBUSY);
    p.exit();
    s.umount("/old").succeeds();
  }

  @Claim(
      id = "chroot-is-not-namespace-root",
      section = "DESCRIPTION",
      says =
          "After the call the caller's root is the root of its mount namespace, which a mere"
              + " chroot does not achieve",
      editions = "4.15",
      userland = true,
      catches = "a kernel whose pivot_root leaves a deeper root beneath the caller's")
  void chrootIsNotNamespaceRoot(Stage stage) {
    Task s = stage.task("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    Descriptor namespace = s.mountNamespace().value();
    // Entering the namespace one is in leads to its root: there was a deeper one than chroot's.
    Task c = stage.task("C");
    c.chroot("/new");
    c.chdir("/");
    c.stat("/").is(newRoot);
    c.mountInTreeAt("/").isMount(oldRoot.mount());
    c.setnsMount(namespace).succeeds();
    c.stat("/").is(oldRoot);
    Task p = stage.task("P");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.mountInTreeAt("/").isMount(newRoot.mount());
    s.mounts().is(s.tree().value());
    for (Task task : new Task[] {s, p}) {
      task.setnsMount(namespace).succeeds();
      task.root().is(newRoot);
      task.cwd().is(newRoot);
    }
  }
}
