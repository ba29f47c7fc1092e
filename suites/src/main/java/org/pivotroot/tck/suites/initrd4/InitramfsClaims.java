package org.pivotroot.tck.suites.initrd4;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;

/** Where the first program finds itself, and what becomes of the first root. */
@Page("initrd(4)")
class InitramfsClaims {

  @Claim(
      id = "init-runs-on-initramfs",
      section = "DESCRIPTION",
      says = "The first program runs with the unpacked archive as its root and working directory",
      catches = "a kernel that begins elsewhere, or unpacks it below a directory",
      editions = "none",
      in = Placement.INITRAMFS)
  void initRuns(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    stage.rootOf(1).is(root);
    stage.cwdOf(1).is(root);
    s.root().is(root);
    s.stat("/init").succeeds();
    stage.check(
        s.stat("/init").value().mount() == root.mount(), "the archive is not in the root mount");
    stage.check(s.mountAt("/").value().type().equals("rootfs"), "it is not the rootfs");
  }

  @Claim(
      id = "filesystems-on-old-root-stay-accessible",
      section = "NOTES",
      says = "File systems that stay mounted on the first root are accessible when it has moved",
      catches = "a kernel that cuts off what is mounted on a root that moves",
      in = Placement.ROOT)
  void stayAccessible(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/run");
    s.createFile("/run/file");
    FileId file = s.stat("/run/file").value();
    s.mountTmpfs("/mnt");
    s.mkdir("/mnt/initrd");
    s.pivotRoot("/mnt", "/mnt/initrd").succeeds();
    s.stat("/initrd/run/file").is(file);
    s.mountAt("/initrd/run").isThere();
  }

  @Claim(
      id = "mount-table-not-updated-when-root-moves",
      section = "NOTES",
      says = "The entries of mounts on the first root keep their old names when it has moved",
      catches = "a kernel that remembers the names that mounts were made with",
      in = Placement.ROOT)
  @Contradicted(
      because =
          "The mount table has no names in it: since Linux 2.4 /proc makes them up from the tree"
              + " as it is when the file is read. The page describes the kernels before")
  void namesNotUpdated(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/run");
    FileId run = s.stat("/run").value();
    s.mountTmpfs("/mnt");
    s.mkdir("/mnt/initrd");
    s.pivotRoot("/mnt", "/mnt/initrd").succeeds();
    String name = s.mountOf(run).value().point();
    stage.check(name.equals("/run"), () -> "the entry is called " + name);
  }
}
