package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.harness.task.Flags.MNT_DETACH;
import static org.pivotroot.tck.harness.task.Flags.MS_BIND;
import static org.pivotroot.tck.harness.task.Flags.MS_PRIVATE;
import static org.pivotroot.tck.harness.task.Flags.MS_REC;
import static org.pivotroot.tck.harness.task.Flags.MS_SHARED;
import static org.pivotroot.tck.harness.task.Flags.MS_SLAVE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.MountTable;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** What one unmount does to other mounts. */
@Page("umount(2)")
class PropagationClaims {

  private static boolean mounted(Task task, String point) {
    return task.mounts().value().at(point).isPresent();
  }

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
    stage.check(mounted(s, "/peer/sub") && mounted(q, "/new/sub"), "the mount did not propagate");
    s.umount("/new/sub").succeeds();
    stage.check(!mounted(s, "/new/sub"), "/new/sub is still mounted");
    stage.check(!mounted(s, "/peer/sub"), "the peer in the same namespace is still mounted on");
    stage.check(!mounted(q, "/new/sub"), "the peer in the other namespace is still mounted on");
    stage.check(!mounted(q, "/peer/sub"), "the second peer there is still mounted on");
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
    stage.check(mounted(q, "/new/sub"), "the mount did not propagate");
    q.umount("/new/sub").succeeds();
    stage.check(!mounted(q, "/new/sub"), "/new/sub of Q is still mounted");
    stage.check(!mounted(s, "/new/sub"), "/new/sub of S is still mounted");
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
    stage.check(mounted(q, "/new/sub"), "the mount did not propagate");
    s.umount("/new/sub").succeeds();
    stage.check(!mounted(s, "/new/sub"), "/new/sub of S is still mounted");
    stage.check(!mounted(q, "/new/sub"), "/new/sub of the slave is still mounted");
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
    stage.check(mounted(q, "/new/sub"), "the mount did not propagate");
    q.umount("/new/sub").succeeds();
    stage.check(!mounted(q, "/new/sub"), "/new/sub of the slave is still mounted");
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
    stage.check(!mounted(s, "/new/old"), "/new/old is still mounted");
    stage.check(mounted(s, "/copy/old"), "the copy in the same namespace was unmounted");
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
    stage.check(mounted(q, "/new/sub"), "the former peer's copy was unmounted");
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
    stage.check(!mounted(s, "/new"), "/new is still mounted");
    stage.check(mounted(q, "/new"), "the peer itself was unmounted");
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
    stage.check(!mounted(s, "/new/sub"), "/new/sub of S is still mounted");
    stage.check(!mounted(q, "/new/sub"), "/new/sub of Q is still mounted");
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
    stage.check(mounted(s, "/dir/new/old"), "the bind mount is not recursive");
    s.umount("/dir", MNT_DETACH).succeeds();
    stage.check(!mounted(s, "/dir"), "/dir is still mounted");
    stage.check(!mounted(s, "/new"), "/new is still mounted");
    stage.check(!mounted(s, "/new/old"), "/new/old is still mounted");
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
    stage.check(!mounted(s, "/dir"), "/dir is still mounted");
    s.stat("/new").is(first);
    s.stat("/new/old").is(second);
  }
}
