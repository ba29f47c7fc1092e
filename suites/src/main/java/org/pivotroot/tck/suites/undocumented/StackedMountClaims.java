package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;

/** Mounts on top of each other, and the ones below. */
@Page("undocumented")
class StackedMountClaims {

  @Claim(
      id = "overmounted-new-root",
      section = "pivot_root(2)",
      editions = "none",
      says = "Of mounts stacked on new_root the topmost becomes the root; the others stay",
      catches = "a kernel that takes the lowest mount, or the whole stack")
  void overmountedNewRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId lower = s.stat("/new").value();
    s.mountTmpfs("/new");
    s.mkdir("/new/old");
    FileId upper = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(upper);
    s.stat("/old").is(root);
    s.stat("/old/new").is(lower);
  }

  @Claim(
      id = "covered-new-root",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "A covered mount, reached from a working directory, becomes the root together with what"
              + " covers it",
      catches = "a kernel that takes the covering mount for the one named, or leaves it behind")
  void coveredNewRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId lower = s.stat("/new").value();
    s.chdir("/new");
    s.mountTmpfs("/new");
    FileId upper = s.stat("/new").value();
    s.pivotRoot(".", "old").succeeds();
    s.root().is(lower);
    s.cwd().is(lower);
    s.stat("/old").is(root);
    s.stat("/..").is(upper);
    s.mountOf(upper).isOn(lower.mount());
  }

  @Claim(
      id = "stacked-root",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "Where the caller's root is the topmost of a stack, it alone is moved, and new_root is"
              + " put on the stack",
      catches = "a kernel that moves the whole stack, or puts new_root at its bottom")
  void stackedRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    FileId lower = s.stat("/mid").value();
    s.mountTmpfs("/mid");
    s.newTmpfs("/mid/new");
    s.mkdir("/mid/new/old");
    FileId upper = s.stat("/mid").value();
    FileId next = s.stat("/mid/new").value();
    Task p = stage.task("P");
    s.chroot("/mid");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(next);
    s.stat("/old").is(upper);
    p.stat("/mid").is(next);
    p.umount("/mid/old").succeeds();
    s.exit();
    p.umount("/mid").succeeds();
    p.stat("/mid").is(lower);
  }

  @Claim(
      id = "covered-root",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "Where the caller's root is covered by another mount, both move to put_old and new_root"
              + " takes the place of both",
      catches = "a kernel that moves the covering mount alone, or leaves it over the new root")
  void coveredRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.newTmpfs("/mid/new");
    s.mkdir("/mid/new/old");
    FileId lower = s.stat("/mid").value();
    FileId next = s.stat("/mid/new").value();
    Task p = stage.task("P");
    s.chdir("/mid");
    s.mountTmpfs("/mid");
    FileId upper = s.stat("/mid").value();
    s.chroot(".");
    s.root().is(lower);
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(next);
    p.stat("/mid").is(next);
    p.stat("/mid/old").is(upper);
    p.umount("/mid/old").succeeds();
    p.stat("/mid/old").is(lower);
  }

  @Claim(
      id = "put-old-covered",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "A covered directory as put_old, reached from a working directory, means the top of what"
              + " covers it",
      catches = "a kernel that slips the old root under a mount, where no name leads to it")
  void putOldCovered(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.chdir("/new/old");
    s.mountTmpfs("/new/old");
    FileId cover = s.stat("/new/old").value();
    s.pivotRoot("/new", ".").succeeds();
    s.stat("/old").is(root);
    s.chdir("/");
    s.umount("/old").succeeds();
    s.stat("/old").is(cover);
  }
}
