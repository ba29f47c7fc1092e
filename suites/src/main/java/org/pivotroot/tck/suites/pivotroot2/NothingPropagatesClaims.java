package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/**
 * pivot_root(2) never changes another mount namespace, however the mounts are tied to it. Each
 * claim first shows that the tie exists: a mount made in one namespace turns up in the other.
 */
@Page("pivot_root(2)")
class NothingPropagatesClaims {

  @Claim(
      id = "nothing-propagates",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "Moving a shared root mount changes nothing in a namespace that has a peer of it",
      catches = "a kernel that moves the peers of the old root along, or unmounts them")
  void nothingPropagates(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.propagation("/", MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mkdir("/probe");
    tied(s, "/probe", q, "/probe");
    unchanged(s, q, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "nothing-propagates-to-slave",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "Moving a shared root mount changes nothing in a namespace that has a slave of it",
      catches = "a kernel that asks whether there are peers but forgets slaves")
  void nothingPropagatesToSlave(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.propagation("/", MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/", MountFlag.MS_SLAVE);
    s.mkdir("/probe");
    tied(s, "/probe", q, "/probe");
    unchanged(s, q, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "nothing-propagates-from-slave",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "With every mount a slave of another namespace's, as in a container, the call works and"
              + " changes nothing there",
      catches = "a kernel that lets a change flow from slave to master")
  void nothingPropagatesFromSlave(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_REC, MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.propagation("/", MountFlag.MS_REC, MountFlag.MS_SLAVE);
    s.mkdir("/probe");
    tied(q, "/probe", s, "/probe");
    unchanged(s, q, "/new", "/new/old");
  }

  @Claim(
      id = "nothing-propagates-from-new-root",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "Making a shared new_root the root, with a private mount as put_old, changes nothing in"
              + " a namespace that has a peer of new_root",
      catches = "a kernel that moves the peers of new_root along, or unmounts them")
  void nothingPropagatesFromNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new", MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mkdir("/new/probe");
    tied(s, "/new/probe", q, "/new/probe");
    unchanged(s, q, "/new", "/new/old");
  }

  @Claim(
      id = "refused-call-propagates-nothing",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "A call that is refused because everything is shared changes nothing for the peers",
      catches = "a kernel that finds out after it has begun to propagate")
  void refusedCallPropagatesNothing(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/", MountFlag.MS_REC, MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mkdir("/probe");
    tied(s, "/probe", q, "/probe");
    // A refused call is watched for every task, Q included.
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    q.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "ties-outlive-the-call",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "A shared root mount is still a peer of the other namespace's at put_old: later mounts"
              + " on it turn up there, at the old place",
      catches = "a kernel that takes the old root out of its peer group")
  void tiesOutliveTheCall(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.propagation("/", MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mkdir("/probe");
    unchanged(s, q, "/mid/next", "/mid/next/old");
    tied(s, "/old/probe", q, "/probe");
    tied(q, "/probe", s, "/old/probe");
  }

  /** What one task mounts at a path turns up for another, and goes again. */
  private static void tied(Task from, String path, Task to, String there) {
    FileId without = to.stat(there).value();
    from.mountTmpfs(path);
    to.stat(there).isNot(without);
    from.umount(path).given();
    to.stat(there).is(without);
  }

  private static void unchanged(Task s, Task q, String newRoot, String putOld) {
    FileId root = s.stat("/").value();
    FileId next = s.stat(newRoot).value();
    View before = q.view().value();
    s.pivotRoot(newRoot, putOld).succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
    q.view().is(before);
  }
}
