package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** The sequences of calls that the page gives. */
@Page("pivot_root(2)")
class RecipeClaims {

  @Claim(
      id = "dot-dot-trick",
      section = "NOTES",
      says =
          "chdir(new_root), pivot_root(\".\", \".\") and umount2(\".\", MNT_DETACH) change the root"
              + " without any directory for the old one",
      editions = "5.03+",
      catches = "a kernel whose detaching of . takes the new root, or that wants two directories")
  void dotDotTrick(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chdir("/new");
    s.pivotRoot(".", ".").succeeds();
    s.umount(".", UmountFlag.MNT_DETACH).succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    s.stat("/").is(newRoot);
    s.stat("/..").is(newRoot);
    s.stat(".").is(newRoot);
    s.getcwd().is("/");
    p.root().is(newRoot);
    p.cwd().is(newRoot);
    s.drawing().is("/");
    s.mountAt("/").isMount(newRoot.mount());
    s.mountOf(oldRoot).isAbsent();
  }

  @Claim(
      id = "dot-dot-stacks-old-on-top",
      section = "NOTES",
      says =
          "Between the two calls the old root is mounted on top of the new one, while root and"
              + " working directory are the new one",
      editions = "5.03+",
      catches = "a kernel that stacks them the other way, or moves the caller to the upper mount")
  void dotDotStacksOldOnTop(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/marker");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    long aboveRoot = s.mountAt("/").value().parent();
    s.chdir("/new");
    s.pivotRoot(".", ".").succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    s.stat(".").is(newRoot);
    s.stat("marker").fails(Errno.ENOENT);
    s.stat("old").succeeds();
    MountTable mounts = s.mounts().value();
    stage.check(mounts.mounts().size() == 2, "there are not exactly the two mounts");
    s.mountAt("/").isMount(oldRoot.mount()).isOn(newRoot.mount());
    stage.check(
        mounts
            .withId(newRoot.mount())
            .filter(lower -> lower.point().equals("/") && lower.parent() == aboveRoot)
            .isPresent(),
        "the new root is not mounted where the old root was");
  }

  @Claim(
      id = "dot-dot-slash-dot-dot-reaches-old-root",
      section = "NOTES",
      says = "Stacked on top, the old root is what a lookup through .. of the root arrives at",
      editions = "5.03+",
      catches = "a kernel that hides the old root beneath the new one")
  void dotDotSlashDotDotReachesOldRoot(Stage stage) {
    Task s = stage.task("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chdir("/new");
    s.pivotRoot(".", ".").succeeds();
    s.stat("/").is(newRoot);
    s.stat("/..").is(oldRoot);
    s.umount(".", UmountFlag.MNT_DETACH).succeeds();
    s.stat("/..").is(newRoot);
  }

  @Claim(
      id = "dot-dot-plain-umount",
      section = "NOTES",
      says =
          "Without MNT_DETACH, umount2 of . arrives at the old root on top too: EBUSY while a task is"
              + " still in it, success when none is",
      editions = "5.03+",
      catches =
          "a kernel whose umount2 of . takes the new root, or takes a busy old root without being told"
              + " to detach it")
  void dotDotPlainUmount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/below");
    Task p = stage.task("P");
    p.chdir("/below");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chdir("/new");
    s.pivotRoot(".", ".").succeeds();
    s.umount(".").fails(Errno.EBUSY);
    p.chdir("/");
    s.umount(".").succeeds();
    s.mountOf(newRoot).isThere();
    s.mountOf(oldRoot).isAbsent();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
  }

  @Claim(
      id = "demo-program",
      section = "EXAMPLES",
      says =
          "The example's steps lead to a program that runs in the new root, sees its directory as"
              + " /, and leaves the other namespace alone",
      editions = "5.03+",
      userland = true,
      catches = "a kernel on which a step fails or touches the parent's namespace")
  void demoProgram(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    s.mkdir("/tmp/rootfs");
    FileId rootfs = s.stat("/tmp/rootfs").value();
    s.run("cp", "/usr/bin/busybox", "/tmp/rootfs");
    MountTable parents = s.tree().value();
    Task child = stage.taskInOtherNamespace("C");
    child.mount("none", "/", "", MountFlag.MS_REC, MountFlag.MS_PRIVATE).succeeds();
    child.bind("/tmp/rootfs", "/tmp/rootfs").succeeds();
    child.mkdir("/tmp/rootfs//oldrootfs").succeeds();
    child.pivotRoot("/tmp/rootfs", "/tmp/rootfs//oldrootfs").succeeds();
    child.chdir("/").succeeds();
    child.umount("/oldrootfs", UmountFlag.MNT_DETACH).succeeds();
    child.rmdir("/oldrootfs").succeeds();
    child
        .run(
            "/busybox",
            "sh",
            "-c",
            "PATH=/; busybox ln busybox ln; ln busybox echo; ln busybox ls;"
                + " ls; ls -id /; echo 'hello world'")
        .is(new Ran(0, "busybox\necho\nln\nls\n" + pad(rootfs.inode()) + " /\nhello world", ""));
    stage.check(child.stat("/").value().sameFile(rootfs), "the child's root is another directory");
    child.drawing().is("/ root:/tmp/rootfs");
    s.tree().is(parents);
    s.stat("/tmp/rootfs").is(rootfs);
  }

  /** As ls of BusyBox writes an inode number. */
  private static String pad(long inode) {
    return String.format("%7d", inode);
  }
}
