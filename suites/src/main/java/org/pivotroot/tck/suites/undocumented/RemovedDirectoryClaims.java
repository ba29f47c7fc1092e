package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;

/**
 * Directories that have been removed but can still be named. stat(2) succeeds on them, so that its
 * list of errors does not cover the case.
 */
@Page("undocumented")
class RemovedDirectoryClaims {

  @Claim(
      id = "new-root-removed",
      section = "pivot_root(2)",
      editions = "none",
      says = "A mount whose root directory has been removed is refused as new_root with ENOENT",
      catches = "a kernel that makes a directory without a name the root")
  void newRootRemoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/source");
    s.mkdir("/next");
    s.bind("/source", "/next");
    s.rmdir("/source");
    s.stat("/next").succeeds();
    s.pivotRoot("/next", "/next").fails(Errno.ENOENT);
    s.umount("/next");
    s.mkdir("/source");
    s.bind("/source", "/next");
    s.pivotRoot("/next", "/next").succeeds();
  }

  @Claim(
      id = "new-root-removed-alone",
      section = "pivot_root(2)",
      editions = "none",
      says = "The same where put_old still exists: ENOENT",
      catches = "a kernel that finds out about put_old only")
  void newRootRemovedAlone(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/source");
    s.mkdir("/next");
    s.bind("/source", "/next");
    s.pivotRoot("/next", "/new/old").fails(Errno.EINVAL);
    s.rmdir("/source");
    s.pivotRoot("/next", "/new/old").fails(Errno.ENOENT);
  }

  @Claim(
      id = "put-old-removed",
      section = "pivot_root(2)",
      editions = "none",
      says = "A removed directory, as working directory, is refused as put_old with ENOENT",
      catches = "a kernel that mounts the old root where no name leads to")
  void putOldRemoved(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.rmdir("/new/old");
    s.stat(".").succeeds();
    s.pivotRoot("/new", ".").fails(Errno.ENOENT);
    s.mkdir("/new/old");
    s.chdir("/new/old");
    s.pivotRoot("/new", ".").succeeds();
  }
}
