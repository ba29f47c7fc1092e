package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/** Read-only mounts and file systems are no obstacle. */
@Page("undocumented")
class ReadOnlyClaims {

  @Claim(
      id = "read-only-new-root",
      section = "pivot_root(2)",
      editions = "none",
      says = "new_root and put_old may be on a read-only mount",
      catches = "a kernel that treats putting a mount on a directory as writing to it")
  void readOnlyNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/new", "", MountFlag.MS_REMOUNT, MountFlag.MS_BIND, MountFlag.MS_RDONLY);
    s.mkdir("/new/x").fails(Errno.EROFS);
    accepted(s);
  }

  @Claim(
      id = "read-only-new-root-filesystem",
      section = "pivot_root(2)",
      editions = "none",
      says = "new_root and put_old may be on a read-only filesystem",
      catches = "a kernel that treats putting a mount on a directory as writing to it")
  void readOnlyNewRootFilesystem(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/new", "", MountFlag.MS_REMOUNT, MountFlag.MS_RDONLY);
    s.mkdir("/new/x").fails(Errno.EROFS);
    accepted(s);
  }

  @Claim(
      id = "read-only-put-old",
      section = "pivot_root(2)",
      editions = "none",
      says = "put_old may be on a read-only mount below a writable new_root",
      catches = "a kernel that wants to write to put_old")
  void readOnlyPutOld(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old", MountFlag.MS_RDONLY);
    s.mkdir("/new/old/x").fails(Errno.EROFS);
    accepted(s);
  }

  @Claim(
      id = "read-only-root",
      section = "pivot_root(2)",
      editions = "none",
      says = "The old root may be read-only, and is so at put_old",
      catches = "a kernel that cannot take a mount off a read-only one, or loses the flag")
  void readOnlyRoot(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/", "", MountFlag.MS_REMOUNT, MountFlag.MS_BIND, MountFlag.MS_RDONLY);
    s.mkdir("/x").fails(Errno.EROFS);
    accepted(s);
    s.mkdir("/old/x").fails(Errno.EROFS);
    s.mkdir("/x").succeeds();
  }

  private static void accepted(Task s) {
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }
}
