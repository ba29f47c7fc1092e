package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/**
 * Each propagation type for each of the mounts that the call touches. Shared alone is in {@link
 * PropagationClaims}.
 *
 * <p>The tree is the same everywhere: /mid is a mount, /mid/next on it is new_root, and
 * /mid/next/old on that is put_old, a directory or a mount point.
 */
@Page("pivot_root(2)")
class PropagationTypeClaims {

  /**
   * Gives the mount at a path a propagation type. For a slave, task Q gets a copy of the namespace
   * that holds the master.
   */
  private static void give(Stage stage, Task task, String path, String type) {
    if (type.equals("private")) {
      task.propagation(path, MountFlag.MS_PRIVATE);
    } else if (type.equals("unbindable")) {
      task.propagation(path, MountFlag.MS_UNBINDABLE);
    } else {
      task.propagation(path, MountFlag.MS_SHARED);
      stage.taskInOtherNamespace("Q");
      task.propagation(path, MountFlag.MS_SLAVE);
      if (type.equals("slave+shared")) {
        task.propagation(path, MountFlag.MS_SHARED);
      }
    }
    task.mountAt(path).isType(type);
  }

  @Claim(
      id = "private-parent-of-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount that new_root is mounted on is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateParentOfNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid", "private");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "slave-parent-of-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount that new_root is mounted on is a slave",
      catches =
          "a kernel that refuses every mount that takes part in propagation, not only "
              + "shared ones")
  void slaveParentOfNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid", "slave");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "unbindable-parent-of-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount that new_root is mounted on is unbindable",
      catches =
          "a kernel that takes unbindable for a type that propagates, or for one that "
              + "cannot be moved")
  void unbindableParentOfNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid", "unbindable");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "shared-slave-parent-of-new-root-refused",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "The call is refused with EINVAL if the mount that new_root is mounted on is "
              + "both a slave and shared: shared it is",
      catches = "a kernel that takes a slave for a mount that passes nothing on")
  void sharedSlaveParentOfNewRootRefused(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid", "slave+shared");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid", MountFlag.MS_PRIVATE);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "private-parent-of-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the mount that the caller's root is mounted on is " + "private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateParentOfRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    give(stage, p, "/", "private");
    accepted(s, "/next", "/next/old");
  }

  @Claim(
      id = "slave-parent-of-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the mount that the caller's root is mounted on is a " + "slave",
      catches =
          "a kernel that refuses every mount that takes part in propagation, not only "
              + "shared ones")
  void slaveParentOfRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    give(stage, p, "/", "slave");
    accepted(s, "/next", "/next/old");
  }

  @Claim(
      id = "unbindable-parent-of-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the mount that the caller's root is mounted on is "
              + "unbindable",
      catches =
          "a kernel that takes unbindable for a type that propagates, or for one that "
              + "cannot be moved")
  void unbindableParentOfRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    give(stage, p, "/", "unbindable");
    accepted(s, "/next", "/next/old");
  }

  @Claim(
      id = "shared-slave-parent-of-root-refused",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "The call is refused with EINVAL if the mount that the caller's root is mounted "
              + "on is both a slave and shared: shared it is",
      catches = "a kernel that takes a slave for a mount that passes nothing on")
  void sharedSlaveParentOfRootRefused(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    give(stage, p, "/", "slave+shared");
    s.pivotRoot("/next", "/next/old").fails(Errno.EINVAL);
    p.propagation("/", MountFlag.MS_PRIVATE);
    s.pivotRoot("/next", "/next/old").succeeds();
  }

  @Claim(
      id = "private-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if new_root's mount, put_old being on it is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid/next", "private");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "slave-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if new_root's mount, put_old being on it is a slave",
      catches =
          "a kernel that refuses every mount that takes part in propagation, not only "
              + "shared ones")
  void slaveNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid/next", "slave");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "unbindable-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if new_root's mount, put_old being on it is unbindable",
      catches =
          "a kernel that takes unbindable for a type that propagates, or for one that "
              + "cannot be moved")
  void unbindableNewRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid/next", "unbindable");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "shared-slave-new-root-refused",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "The call is refused with EINVAL if new_root's mount, put_old being on it is "
              + "both a slave and shared: shared it is",
      catches = "a kernel that takes a slave for a mount that passes nothing on")
  void sharedSlaveNewRootRefused(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/mid/next", "slave+shared");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid/next", MountFlag.MS_PRIVATE);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "private-put-old-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount on put_old is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privatePutOldAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mountTmpfs("/mid/next/old");
    give(stage, s, "/mid/next/old", "private");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "slave-put-old-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount on put_old is a slave",
      catches =
          "a kernel that refuses every mount that takes part in propagation, not only "
              + "shared ones")
  void slavePutOldAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mountTmpfs("/mid/next/old");
    give(stage, s, "/mid/next/old", "slave");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "unbindable-put-old-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount on put_old is unbindable",
      catches =
          "a kernel that takes unbindable for a type that propagates, or for one that "
              + "cannot be moved")
  void unbindablePutOldAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mountTmpfs("/mid/next/old");
    give(stage, s, "/mid/next/old", "unbindable");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "shared-slave-put-old-refused",
      section = "ERRORS",
      editions = "5.03+",
      says =
          "The call is refused with EINVAL if the mount on put_old is both a slave and "
              + "shared: shared it is",
      catches = "a kernel that takes a slave for a mount that passes nothing on")
  void sharedSlavePutOldRefused(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mountTmpfs("/mid/next/old");
    give(stage, s, "/mid/next/old", "slave+shared");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid/next/old", MountFlag.MS_PRIVATE);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "private-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the root mount is private, on a tree where new_root is "
              + "mounted elsewhere",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/", "private");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "slave-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the root mount is a slave, on a tree where new_root is "
              + "mounted elsewhere",
      catches =
          "a kernel that refuses every mount that takes part in propagation, not only "
              + "shared ones")
  void slaveRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/", "slave");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "unbindable-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the root mount is unbindable, on a tree where new_root "
              + "is mounted elsewhere",
      catches =
          "a kernel that takes unbindable for a type that propagates, or for one that "
              + "cannot be moved")
  void unbindableRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/", "unbindable");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  @Claim(
      id = "shared-slave-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "The call is accepted if the root mount is both a slave and shared, on a tree "
              + "where new_root is mounted elsewhere",
      catches = "a kernel that asks about the root mount instead of its parent")
  void sharedSlaveRootAccepted(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    give(stage, s, "/", "slave+shared");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  private static void accepted(Task s, String newRoot, String putOld) {
    FileId root = s.stat("/").value();
    FileId next = s.stat(newRoot).value();
    s.pivotRoot(newRoot, putOld).succeeds();
    s.root().is(next);
    s.stat("/old").is(root);
  }
}
