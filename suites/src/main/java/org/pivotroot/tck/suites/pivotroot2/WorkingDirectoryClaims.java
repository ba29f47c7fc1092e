package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;

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

  @Claim(
      id = "caller-cwd-moves-too",
      section = "DESCRIPTION",
      says = "The caller's own working directory is moved when it is the old root",
      catches = "a kernel that passes over the caller, or moves the caller's root only")
  void callerCwdMovesToo(Stage stage) {
    Task s = stage.task("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.stat(".").is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    s.cwd().is(newRoot);
    s.stat(".").is(newRoot);
    s.getcwd().is("/");
  }

  @Claim(
      id = "caller-cwd-elsewhere-stays",
      section = "DESCRIPTION",
      says = "The caller's working directory is left alone when it is not the old root",
      editions = "5.03+",
      catches = "a kernel that ends pivot_root with a chdir to the new root")
  void callerCwdElsewhereStays(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/third");
    s.chdir("/third");
    FileId third = s.stat(".").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.cwd().is(third);
    s.stat(".").is(third);
    s.getcwd().is("/old/third");
  }

  @Claim(
      id = "cwd-below-new-root-stays",
      section = "DESCRIPTION",
      says = "A working directory within new_root stays, and its name loses new_root's old prefix",
      editions = "5.03+",
      catches = "a kernel that moves working directories on the new root mount to its root")
  void cwdBelowNewRootStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/work");
    Task p = stage.task("P");
    p.chdir("/new/work");
    FileId work = p.stat(".").value();
    p.getcwd().is("/new/work");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.cwd().is(work);
    p.getcwd().is("/work");
  }

  @Claim(
      id = "cwd-same-directory-other-mount-stays",
      section = "DESCRIPTION",
      says = "A working directory that is the old root's directory through another mount stays",
      editions = "5.03+",
      catches = "a kernel that compares directories without their mounts")
  void cwdSameDirectoryOtherMountStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/alias");
    s.bind("/", "/alias");
    Task p = stage.task("P");
    p.chdir("/alias");
    FileId alias = p.stat(".").value();
    stage.check(
        alias.sameFile(s.stat("/").value()) && !stage.areInOneMount(alias, s.stat("/").value()),
        "the bind mount is not the same directory through another mount");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.cwd().is(alias);
    p.stat(".").is(alias);
    p.getcwd().is("/old/alias");
  }

  @Claim(
      id = "chdir-before-pivot-suffices",
      section = "DESCRIPTION",
      says =
          "A task that enters new_root with chdir and chroot beforehand is at the new root"
              + " afterwards, whether or not the call moves anybody",
      editions = "4.15",
      catches = "a kernel that moves tasks which are already at the new root")
  void chdirBeforePivotSuffices(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId newRoot = s.stat("/new").value();
    p.chdir("/new");
    p.chroot("/new");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(newRoot);
    p.cwd().is(newRoot);
    p.getcwd().is("/");
    p.mounts().is(s.mounts().value());
    s.umount("/old").succeeds();
  }

  @Claim(
      id = "chdir-root-afterwards",
      section = "DESCRIPTION",
      says =
          "The call should be followed by chdir(\"/\"): without it a caller that was elsewhere"
              + " is still there",
      editions = "5.03+",
      catches = "a kernel that makes the following chdir unnecessary or ineffective")
  void chdirRootAfterwards(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    s.chdir("/tmp");
    FileId tmp = s.stat(".").value();
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat(".").is(tmp);
    s.chdir("/").succeeds();
    s.stat(".").is(newRoot);
    s.cwd().is(newRoot);
    s.getcwd().is("/");
  }
}
