package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Which working directories pivot_root(2) rewrites. */
@Page("pivot_root(2)")
class WorkingDirectoryClaims {

  @Claim(
      id = "cwd-below-old-root-stays",
      section = "DESCRIPTION",
      says = "Only a working directory equal to the old root is rewritten; one below it stays",
      catches = "a kernel that moves every working directory on the old root mount")
  void cwdBelowOldRootStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    Task p = stage.task("P");
    p.chdir("/tmp");
    FileId before = p.stat(".").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    p.cwd().is(before);
    p.stat(".").is(before);
    p.getcwd().is("/old/tmp");
  }

  @Claim(
      id = "cwd-at-old-root-moves",
      section = "DESCRIPTION",
      says = "A working directory that is the old root becomes the new root",
      catches = "a kernel that moves the caller only")
  void cwdAtOldRootMoves(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId newRoot = p.stat("/new").value();
    p.chdir("/");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.cwd().is(newRoot);
    p.root().is(newRoot);
    p.getcwd().is("/");
  }
}
