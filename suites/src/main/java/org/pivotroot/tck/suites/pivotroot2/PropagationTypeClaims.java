package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Errno;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.Flags;
import org.pivotroot.tck.harness.task.Mount;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/**
 * Each propagation type for each of the mounts that the call touches. Shared alone is in {@link
 * PropagationClaims}.
 *
 * <p>The tree is the same everywhere: /mid is a mount, /mid/next on it is new_root, and
 * /mid/next/old on that is put_old, a directory or a mount point.
 */
@Page("pivot_root(2)")
class PropagationTypeClaims {

  /** A propagation type, as mount_namespaces(7) names them. */
  private enum Type {
    PRIVATE,
    SLAVE,
    UNBINDABLE,
    SLAVE_AND_SHARED;

    /**
     * Gives the mount at a path this type. Task Q gets a copy of the namespace, to be the master.
     */
    void give(Stage stage, Task task, String path) {
      if (this == PRIVATE) {
        task.propagation(path, Flags.MS_PRIVATE);
      } else if (this == UNBINDABLE) {
        task.propagation(path, Flags.MS_UNBINDABLE);
      } else {
        task.propagation(path, Flags.MS_SHARED);
        stage.taskInOtherNamespace("Q");
        task.propagation(path, Flags.MS_SLAVE);
        if (this == SLAVE_AND_SHARED) {
          task.propagation(path, Flags.MS_SHARED);
        }
      }
      Mount mount = task.tree().value().withId(task.stat(path).value().mount()).orElseThrow();
      stage.check(isTypeOf(mount), path + " is not " + this + " but " + mount.propagation());
    }

    private boolean isTypeOf(Mount mount) {
      boolean shared = mount.propagation().stream().anyMatch(field -> field.startsWith("shared:"));
      boolean slave = mount.propagation().stream().anyMatch(field -> field.startsWith("master:"));
      boolean unbindable = mount.propagation().contains("unbindable");
      return shared == (this == SLAVE_AND_SHARED)
          && slave == (this == SLAVE || this == SLAVE_AND_SHARED)
          && unbindable == (this == UNBINDABLE);
    }
  }

  @Claim(
      id = "private-parent-of-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount that new_root is mounted on is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateParentOfNewRootAccepted(Stage stage) {
    Task s = deepTree(stage);
    Type.PRIVATE.give(stage, s, "/mid");
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
    Task s = deepTree(stage);
    Type.SLAVE.give(stage, s, "/mid");
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
    Task s = deepTree(stage);
    Type.UNBINDABLE.give(stage, s, "/mid");
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
    Task s = deepTree(stage);
    Type.SLAVE_AND_SHARED.give(stage, s, "/mid");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid", Flags.MS_PRIVATE);
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
    Task s = deepTree(stage);
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    Type.PRIVATE.give(stage, p, "/");
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
    Task s = deepTree(stage);
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    Type.SLAVE.give(stage, p, "/");
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
    Task s = deepTree(stage);
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    Type.UNBINDABLE.give(stage, p, "/");
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
    Task s = deepTree(stage);
    Task p = stage.task("P");
    s.chroot("/mid");
    s.chdir("/");
    Type.SLAVE_AND_SHARED.give(stage, p, "/");
    s.pivotRoot("/next", "/next/old").fails(Errno.EINVAL);
    p.propagation("/", Flags.MS_PRIVATE);
    s.pivotRoot("/next", "/next/old").succeeds();
  }

  @Claim(
      id = "private-new-root-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if new_root's mount, put_old being on it is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privateNewRootAccepted(Stage stage) {
    Task s = deepTree(stage);
    Type.PRIVATE.give(stage, s, "/mid/next");
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
    Task s = deepTree(stage);
    Type.SLAVE.give(stage, s, "/mid/next");
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
    Task s = deepTree(stage);
    Type.UNBINDABLE.give(stage, s, "/mid/next");
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
    Task s = deepTree(stage);
    Type.SLAVE_AND_SHARED.give(stage, s, "/mid/next");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid/next", Flags.MS_PRIVATE);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "private-put-old-accepted",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "The call is accepted if the mount on put_old is private",
      catches = "a kernel in which the test for a shared mount is inverted")
  void privatePutOldAccepted(Stage stage) {
    Task s = deepTree(stage);
    s.mountTmpfs("/mid/next/old");
    Type.PRIVATE.give(stage, s, "/mid/next/old");
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
    Task s = deepTree(stage);
    s.mountTmpfs("/mid/next/old");
    Type.SLAVE.give(stage, s, "/mid/next/old");
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
    Task s = deepTree(stage);
    s.mountTmpfs("/mid/next/old");
    Type.UNBINDABLE.give(stage, s, "/mid/next/old");
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
    Task s = deepTree(stage);
    s.mountTmpfs("/mid/next/old");
    Type.SLAVE_AND_SHARED.give(stage, s, "/mid/next/old");
    s.pivotRoot("/mid/next", "/mid/next/old").fails(Errno.EINVAL);
    s.propagation("/mid/next/old", Flags.MS_PRIVATE);
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
    Task s = deepTree(stage);
    Type.PRIVATE.give(stage, s, "/");
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
    Task s = deepTree(stage);
    Type.SLAVE.give(stage, s, "/");
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
    Task s = deepTree(stage);
    Type.UNBINDABLE.give(stage, s, "/");
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
    Task s = deepTree(stage);
    Type.SLAVE_AND_SHARED.give(stage, s, "/");
    accepted(s, "/mid/next", "/mid/next/old");
  }

  private static Task deepTree(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/mid");
    s.mountTmpfs("/mid");
    s.mkdir("/mid/next");
    s.mountTmpfs("/mid/next");
    s.mkdir("/mid/next/old");
    return s;
  }

  private static void accepted(Task s, String newRoot, String putOld) {
    FileId root = s.stat("/").value();
    FileId next = s.stat(newRoot).value();
    s.pivotRoot(newRoot, putOld).succeeds();
    s.root().is(next);
    s.stat("/old").is(root);
  }
}
