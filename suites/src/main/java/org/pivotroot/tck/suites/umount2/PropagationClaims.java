package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** What one unmount does to other mounts. */
@Page("umount(2)")
class PropagationClaims {

  @Claim(
      id = "umount-shared-propagates-to-peers",
      section = "NOTES",
      says = "An unmount on a shared mount is forwarded to all peers, in any mount namespace",
      catches = "a kernel in which unmounts stay in the caller's namespace")
  void peers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.mkdir("/peer");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/peer");
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/sub");
    s.mountAt("/peer/sub").isThere();
    q.mountAt("/new/sub").isThere();
    s.umount("/new/sub").succeeds();
    s.mountAt("/new/sub").isAbsent();
    s.mountAt("/peer/sub").isAbsent();
    q.mountAt("/new/sub").isAbsent();
    q.mountAt("/peer/sub").isAbsent();
  }

  @Claim(
      id = "umount-of-any-peer-propagates",
      section = "NOTES",
      says = "It does not matter which of the peers the unmount is made on",
      catches = "a kernel in which the first mount of a peer group is its master")
  void anyPeer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/sub");
    q.mountAt("/new/sub").isThere();
    q.umount("/new/sub").succeeds();
    q.mountAt("/new/sub").isAbsent();
    s.mountAt("/new/sub").isAbsent();
  }

  @Claim(
      id = "umount-slave-receives",
      section = "NOTES",
      says = "An unmount on a shared mount is forwarded to the slaves of its peer group",
      catches = "a kernel that forwards mounts to slaves, but not unmounts")
  void slaveReceives(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    s.mountTmpfs("/new/sub");
    q.mountAt("/new/sub").isThere();
    s.umount("/new/sub").succeeds();
    s.mountAt("/new/sub").isAbsent();
    q.mountAt("/new/sub").isAbsent();
  }

  @Claim(
      id = "umount-slave-does-not-send",
      section = "NOTES",
      says = "An unmount on a slave is not forwarded to its master",
      catches = "a kernel in which slaves are peers")
  void slaveDoesNotSend(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    s.mountTmpfs("/new/sub");
    MountTable before = s.mounts().value();
    q.mountAt("/new/sub").isThere();
    q.umount("/new/sub").succeeds();
    q.mountAt("/new/sub").isAbsent();
    s.mounts().is(before);
  }

  @Claim(
      id = "umount-private-does-not",
      section = "NOTES",
      says = "An unmount on a private mount is not forwarded to copies of it",
      catches = "a kernel that forwards unmounts to every mount of the same file system")
  void privateDoesNot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mountTmpfs("/new/old");
    s.mount("/new", "/copy", "", MS_BIND, MS_REC);
    Task q = stage.taskInOtherNamespace("Q");
    MountTable before = q.mounts().value();
    s.umount("/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
    s.mountAt("/copy/old").isThere();
    q.mounts().is(before);
  }

  @Claim(
      id = "umount-made-private-first-does-not",
      section = "NOTES",
      says = "A shared tree that was made private recursively unmounts without propagation",
      catches = "a kernel in which a mount remembers its former peers")
  void madePrivate(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/sub");
    MountTable before = q.mounts().value();
    stage.check(before.at("/new/sub").isPresent(), "the mount did not propagate");
    s.propagation("/new", MS_REC, MS_PRIVATE);
    s.umount("/new/sub").succeeds();
    q.mountAt("/new/sub").isThere();
    stage.check(q.mounts().value().mounts().size() == before.mounts().size(), "Q lost a mount");
  }

  @Claim(
      id = "umount-parent-decides",
      section = "NOTES",
      says = "Whether an unmount propagates is decided by the mount that the target is mounted on",
      catches = "a kernel that looks at the propagation type of what is unmounted")
  void parentDecides(Stage stage) {
    Task s = stage.task("S");
    // /new is shared, and mounted on a private root.
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.umount("/new").succeeds();
    s.mountAt("/new").isAbsent();
    q.mountAt("/new").isThere();
  }

  @Claim(
      id = "umount-private-on-shared-propagates",
      section = "NOTES",
      says = "A private mount on a shared one is unmounted on all the peers of that",
      catches = "a kernel that looks at the propagation type of what is unmounted")
  void privateOnShared(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/sub");
    s.propagation("/new/sub", MS_PRIVATE);
    q.propagation("/new/sub", MS_PRIVATE);
    s.umount("/new/sub").succeeds();
    s.mountAt("/new/sub").isAbsent();
    q.mountAt("/new/sub").isAbsent();
  }

  @Claim(
      id = "umount-detach-of-recursive-bind-of-root-empties-namespace",
      section = "NOTES",
      says =
          "Where all is shared, detaching a recursive bind mount of the root detaches every mount"
              + " below the root as well",
      catches = "a kernel that does not forward a lazy unmount of a whole tree")
  void recursiveBindOfRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/dir");
    s.mountTmpfs("/new/old");
    s.propagation("/", MS_REC, MS_SHARED);
    FileId root = s.stat("/").value();
    s.mount("/", "/dir", "", MS_BIND, MS_REC);
    s.mountAt("/dir/new/old").isThere();
    s.umount("/dir", MNT_DETACH).succeeds();
    s.drawing().is("/ shared:A");
    s.stat("/").is(root);
  }

  @Claim(
      id = "umount-detach-of-private-recursive-bind-of-root-is-harmless",
      section = "NOTES",
      says = "Made private first, the recursive bind mount of the root goes alone",
      catches = "a kernel in which a recursive change of the propagation type misses some mounts")
  void privateRecursiveBindOfRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/dir");
    s.mountTmpfs("/new/old");
    s.propagation("/", MS_REC, MS_SHARED);
    s.mount("/", "/dir", "", MS_BIND, MS_REC);
    s.propagation("/dir", MS_REC, MS_PRIVATE);
    FileId first = s.stat("/new").value();
    FileId second = s.stat("/new/old").value();
    s.umount("/dir", MNT_DETACH).succeeds();
    s.drawing()
        .is(
            """
            / shared:A
              /new shared:B
                /new/old shared:C""");
    s.stat("/new").is(first);
    s.stat("/new/old").is(second);
  }

  @Claim(
      id = "unmount-is-not-busy-by-receivers-that-stay",
      section = "ERRORS",
      editions = "none",
      says =
          "A receiver's copy that stays, as something of its own is mounted on it, does not keep the"
              + " mount busy, though somebody is in it",
      catches = "a kernel in which who receives a mount can keep its sender from unmounting it")
  void notBusyByThoseThatStay(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/in");
    q.chdir("/new/old");
    s.umount("/new/old").fails(EBUSY);
    q.mountTmpfs("/new/old/in");
    s.umount("/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
    q.mountAt("/new/old/in").isThere();
    q.getcwd().is("/new/old");
  }

  @Claim(
      id = "unmount-reaches-locked-mounts",
      section = "NOTES",
      editions = "none",
      says =
          "A mount that a less privileged namespace cannot unmount goes there when the more privileged"
              + " one that it came from unmounts it",
      catches = "a kernel that keeps what is locked against everybody",
      userland = true)
  void reachesLocked(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mountAt("/new/old").isSlave();
    u.umount("/new/old").fails(EINVAL);
    s.umount("/new/old").succeeds();
    u.mountAt("/new/old").isAbsent();
    s.mountTmpfs("/new/old").succeeds();
    u.umount("/new/old").succeeds();
    s.mountAt("/new/old").isThere();
  }
}
