package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What people run into and report, as it is. */
@Page("undocumented")
class ReportedClaims {

  @Claim(
      id = "initramfs-bound-and-entered-can-be-pivoted",
      section = "pivot_root(2)",
      editions = "none",
      says = "In a bind mount of the initramfs that is the caller's root, pivot_root(2) works",
      catches = "a kernel that refuses every root that shows the rootfs",
      in = Placement.INITRAMFS)
  void boundInitramfs(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/over");
    s.bind("/", "/over");
    s.chroot("/over");
    s.chdir("/");
    s.newTmpfs("/new");
    s.mkdir("/new/old");
    FileId over = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(newRoot);
    s.stat("/old").is(over);
  }

  @Claim(
      id = "setns-leads-back-to-the-initramfs",
      section = "setns(2)",
      editions = "none",
      says = "After such a pivot setns(2) into the same namespace leads to the initramfs itself",
      catches = "a kernel that takes the caller's root for that of the namespace",
      in = Placement.INITRAMFS)
  void setnsLeadsBack(Stage stage) {
    Task s = stage.task("S");
    FileId initramfs = s.stat("/").value();
    Descriptor namespace = s.mountNamespace().value();
    Task p = stage.task("P");
    s.mkdir("/over");
    s.bind("/", "/over");
    s.chroot("/over");
    s.chdir("/");
    s.newTmpfs("/new");
    s.mkdir("/new/old");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    p.stat("/over").is(newRoot);
    Task q = s.fork("Q");
    q.setnsMount(namespace).succeeds();
    q.stat("/").is(initramfs);
    q.getcwd().is("/");
    s.stat("/").is(newRoot);
  }

  @Claim(
      id = "initramfs-covered-by-itself-can-be-pivoted",
      section = "pivot_root(2)",
      editions = "none",
      says = "With a bind of itself moved over it the initramfs is left, and setns(2) follows",
      catches = "a kernel in which setns(2) finds the lowest of the mounts on the root",
      in = Placement.INITRAMFS)
  void coveredByItself(Stage stage) {
    Task s = stage.task("S");
    Descriptor namespace = s.mountNamespace().value();
    s.mkdir("/over");
    s.bind("/", "/over");
    s.chdir("/over");
    s.move(".", "/").succeeds();
    s.chroot(".");
    s.newTmpfs("/new");
    s.mkdir("/new/old");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    Task q = s.fork("Q");
    q.setnsMount(namespace).succeeds();
    q.stat("/").is(newRoot);
  }

  @Claim(
      id = "directory-covered-through-another-mount",
      section = "rmdir(2)",
      editions = "none",
      says =
          "A directory that is a mount point through another mount: rmdir(2) says EBUSY though"
              + " nothing is seen there, and umount(2) EINVAL",
      catches = "a kernel that removes a mount point under its mount, or unmounts out of sight")
  void coveredElsewhere(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    FileId bare = s.stat("/new/old").value();
    s.mountTmpfs("/copy/old");
    s.rmdir("/new/old").fails(Errno.EBUSY);
    s.rename("/new/old", "/new/other").fails(Errno.EBUSY);
    s.umount("/new/old").fails(Errno.EINVAL);
    s.stat("/new/old").is(bare);
    s.mountAt("/copy/old").isThere();
    s.umount("/copy/old").succeeds();
    s.rmdir("/new/old").succeeds();
  }
}
