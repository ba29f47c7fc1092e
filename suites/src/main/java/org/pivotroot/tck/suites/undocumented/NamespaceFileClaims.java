package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;

/** Files that stand for mount namespaces, and where they can be mounted to keep those alive. */
@Page("undocumented")
class NamespaceFileClaims {
  private static final String ACROSS = "a newer namespace, made on another processor";

  /**
   * The kernel's mnt_ns_loop() goes by the number of a namespace. Linux 6.18 hands numbers out to
   * each processor in lots of 4096, so there a newer namespace can have the smaller number, and
   * unshare(1) with --mount=FILE fails now and then; "nstree: assign fixed ids to the initial
   * namespaces", in 6.19, counts upwards again. A guest with one processor cannot show it.
   */
  @Claim(
      id = "namespace-file-mounts-in-older-namespace-only",
      section = "mount(2)",
      editions = "none",
      says =
          "The file of a mount namespace can be bind mounted in an older mount namespace, not in"
              + " itself or in a newer one: EINVAL",
      catches = "a kernel that lets namespaces keep each other alive in a circle",
      userland = true)
  void inOlderOnly(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/place");
    Task older = stage.taskInOtherNamespace("O");
    Task newer = stage.taskInOtherNamespace("N");
    older.bind(older.mountNamespace().value().path(), "/place").fails(Errno.EINVAL);
    newer.bind(older.mountNamespace().value().path(), "/place").fails(Errno.EINVAL);
    older.bind(newer.mountNamespace().value().path(), "/place").succeeds();
    older.umount("/place").succeeds();

    Task p = s.fork("P");
    if (!p.runOnProcessor(1).verdict().equals("success")) {
      stage.fact(ACROSS, "not known, for want of one");
      return;
    }
    Task first = stage.taskInOtherNamespace("A");
    Task second = p.fork("B");
    second.unshare(CLONE_NEWNS);
    Task third = p.fork("C");
    third.unshare(CLONE_NEWNS);
    Task fourth = stage.taskInOtherNamespace("D");
    String onSecond = first.bind(second.mountNamespace().value().path(), "/place").verdict();
    String onFirst = third.bind(fourth.mountNamespace().value().path(), "/place").verdict();
    // Which of the two fails where one does is chance.
    stage.fact(ACROSS, onSecond.equals(onFirst) ? onFirst : "success on one of two, EINVAL else");
  }
}
