package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** Peer groups, masters and slaves of more than two, and with different roots. */
@Page("mount_namespaces(7)")
class GroupClaims {

  @Claim(
      id = "three-peers",
      section = "DESCRIPTION",
      says = "Of three peers each sends to both others, and one that leaves takes nothing along",
      catches = "a kernel whose groups are pairs, or fall apart when one leaves")
  void threePeers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    q.mountTmpfs("/new/a").succeeds();
    s.mountAt("/new/a").isPeerOf(q.mountAt("/new/a").isShared());
    r.mountAt("/new/a").isPeerOf(q.mountAt("/new/a"));
    q.propagation("/new", MS_PRIVATE);
    s.mountTmpfs("/new/b").succeeds();
    r.mountAt("/new/b").isThere();
    q.mountAt("/new/b").isAbsent();
    q.mountAt("/new/a").isPeerOf(s.mountAt("/new/a"));
    r.umount("/new/a").succeeds();
    s.mountAt("/new/a").isAbsent();
    q.mountAt("/new/a").isThere();
  }

  @Claim(
      id = "chain-of-slaves",
      section = "DESCRIPTION",
      says = "A mount goes down a chain of slaves that are shared again, and never up",
      catches = "a kernel that stops after the first, or sends to the master")
  void chain(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.mkdir("/new/c");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.propagation("/new", MS_SHARED);
    Task r = q.fork("R");
    r.unshare(CLONE_NEWNS);
    r.propagation("/new", MS_SLAVE);
    r.propagation("/new", MS_SHARED);
    Task t = r.fork("T");
    t.unshare(CLONE_NEWNS);
    t.propagation("/new", MS_SLAVE);
    s.mountTmpfs("/new/a").succeeds();
    q.mountAt("/new/a").isType("slave+shared").isSlaveOf(s.mountAt("/new/a"));
    r.mountAt("/new/a").isType("slave+shared").isSlaveOf(q.mountAt("/new/a"));
    t.mountAt("/new/a").isSlave().isSlaveOf(r.mountAt("/new/a"));
    r.mountTmpfs("/new/b").succeeds();
    t.mountAt("/new/b").isThere();
    q.mountAt("/new/b").isAbsent();
    s.mountAt("/new/b").isAbsent();
    t.mountTmpfs("/new/c").succeeds();
    r.mountAt("/new/c").isAbsent();
    s.umount("/new/a").succeeds();
    t.mountAt("/new/a").isAbsent();
    q.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "slave-finds-another-master",
      section = "DESCRIPTION",
      says =
          "When the mount that it was made of leaves the group, a slave receives from the others",
      catches = "a kernel in which a slave hangs on one mount instead of its group")
  void anotherMaster(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    r.propagation("/new", MS_SLAVE);
    s.propagation("/new", MS_PRIVATE);
    r.mountAt("/new").isSlave().isSlaveOf(q.mountAt("/new").isShared());
    q.mountTmpfs("/new/a").succeeds();
    r.mountAt("/new/a").isSlaveOf(q.mountAt("/new/a"));
    s.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "ended-namespace-unmounts-nothing-elsewhere",
      section = "DESCRIPTION",
      says = "The end of a namespace takes no mount from its peers in others",
      catches = "a kernel in which the mounts of an ended namespace are unmounted with propagation")
  void endUnmountsNothing(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new/a");
    FileId there = s.stat("/new/a").value();
    q.exit();
    s.mountAt("/new/a").isShared().isMount(stage.mountOf(there));
    s.stat("/new/a").is(there);
  }

  @Claim(
      id = "peers-with-different-roots",
      section = "DESCRIPTION",
      says = "A peer that shows a part receives what is mounted in that part, in its place there",
      catches = "a kernel that propagates to the same path, or what is out of sight")
  void differentRoots(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/part");
    s.mkdir("/new/old/in");
    s.mkdir("/new/out");
    s.propagation("/new", MS_SHARED);
    s.bind("/new/old", "/part");
    s.mountAt("/part").hasRoot("/old").isPeerOf(s.mountAt("/new"));
    s.mountTmpfs("/new/old/in").succeeds();
    s.mountAt("/part/in").isPeerOf(s.mountAt("/new/old/in"));
    s.mountTmpfs("/new/out").succeeds();
    s.drawing()
        .is(
            """
            /
              /new shared:A
                /new/old/in shared:B
                /new/out shared:C
              /part root:/old shared:A
                /part/in shared:B""");
    s.umount("/part/in").succeeds();
    s.mountAt("/new/old/in").isAbsent();
  }

  @Claim(
      id = "mount-at-the-root-of-a-part",
      section = "DESCRIPTION",
      editions = "none",
      says = "A mount on the directory that a peer shows as its root covers that peer",
      catches = "a kernel that sees no place for it there")
  void rootOfPart(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/part");
    s.propagation("/new", MS_SHARED);
    s.bind("/new/old", "/part");
    s.mountTmpfs("/new/old").succeeds();
    FileId mounted = s.stat("/new/old").value();
    stage.check(s.stat("/part").value().sameFile(mounted), "the part is not covered");
    s.umount("/part").succeeds();
    s.mountAt("/new/old").isAbsent();
    s.mountAt("/part").hasRoot("/old");
  }

  @Claim(
      id = "mount-arrives-beneath",
      section = "DESCRIPTION",
      editions = "none",
      says = "What a slave receives where it has a mount of its own already lies beneath that one",
      catches = "a kernel in which what is received covers what a namespace mounted itself")
  void arrivesBeneath(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.mountTmpfs("/new/a");
    FileId own = q.stat("/new/a").value();
    s.mountTmpfs("/new/a").succeeds();
    FileId received = s.stat("/new/a").value();
    q.stat("/new/a").is(own);
    q.umount("/new/a").succeeds();
    stage.check(q.stat("/new/a").value().sameFile(received), "what was received is not beneath");
    q.mountAt("/new/a").isSlaveOf(s.mountAt("/new/a"));
    s.mountAt("/new/a").isMount(stage.mountOf(received));
  }

  @Claim(
      id = "mount-arrived-beneath-goes-again",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "What lies beneath goes when its source is unmounted; the mount over it stays in place",
      catches = "a kernel that keeps it for the mount over it, or takes that along")
  void goesAgain(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.mountTmpfs("/new/a");
    FileId own = q.stat("/new/a").value();
    long parent = stage.mountOf(q.stat("/new").value());
    s.mountTmpfs("/new/a");
    s.umount("/new/a").succeeds();
    q.stat("/new/a").is(own);
    q.mountAt("/new/a").isMount(stage.mountOf(own)).isOn(parent);
    q.umount("/new/a").succeeds();
    q.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "bind-in-itself-within-a-shared-tree",
      section = "NOTES",
      editions = "none",
      says = "A shared mount bound in itself gets one new mount, not one for each that it makes",
      catches = "a kernel that propagates a mount into the mount that it just made")
  void bindInItself(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/new/a").succeeds();
    s.drawing()
        .is(
            """
            /
              /new shared:A
                /new/a shared:A""");
    s.mkdir("/new/b");
    s.mountTmpfs("/new/b").succeeds();
    s.mountAt("/new/a/b").isPeerOf(s.mountAt("/new/b"));
  }

  @Claim(
      id = "doubling-of-a-shared-mount",
      section = "NOTES",
      editions = "none",
      says = "A shared mount bound in itself again and again gets a mount in every peer so far",
      catches = "a kernel that forgets the peers made on the way")
  void doubling(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    int before = s.tree().value().mounts().size();
    s.bind("/new", "/new/a", MS_REC);
    stage.fact("mounts after one", s.tree().value().mounts().size() - before);
    s.bind("/new", "/new/a", MS_REC);
    stage.fact("mounts after two", s.tree().value().mounts().size() - before);
    s.bind("/new", "/new/a", MS_REC);
    stage.fact("mounts after three", s.tree().value().mounts().size() - before);
  }

  @Claim(
      id = "move-into-a-peer",
      section = "DESCRIPTION",
      editions = "none",
      says = "A mount moved on a shared mount appears on the peer too; the moved one stays itself",
      catches = "a kernel that moves it to the peer, or in one place only")
  void moveIntoPeer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mkdir("/moved");
    s.mkdir("/new/a");
    s.mountTmpfs("/moved");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/copy");
    FileId moved = s.stat("/moved").value();
    s.move("/moved", "/copy/a").succeeds();
    s.stat("/copy/a").is(moved);
    s.mountAt("/new/a").isPeerOf(s.mountAt("/copy/a").isShared());
    stage.check(s.stat("/new/a").value().sameFile(moved), "the peer has another file system");
    s.mountAt("/moved").isAbsent();
  }

  @Claim(
      id = "shared-slave-moved-keeps-its-master",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A slave that is moved stays a slave of its master, and on a shared place is shared too",
      catches = "a kernel in which a move cuts a slave off")
  void slaveMoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/slave");
    s.newTmpfs("/shared");
    s.mkdir("/shared/place");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/slave");
    s.propagation("/slave", MS_SLAVE);
    s.propagation("/shared", MS_SHARED);
    s.move("/slave", "/shared/place").succeeds();
    s.mountAt("/shared/place").isType("slave+shared").isSlaveOf(s.mountAt("/new"));
    s.mountTmpfs("/new/old").succeeds();
    s.mountAt("/shared/place/old").isThere();
    s.umount("/shared/place/old").succeeds();
    s.mountAt("/new/old").isThere();
  }

  @Claim(
      id = "umount-busy-in-a-peer",
      section = "NOTES",
      editions = "none",
      says = "An unmount that a peer's copy is in use for is EBUSY, and nothing is unmounted",
      catches = "a kernel that looks at one copy only, or unmounts the idle ones first")
  void busyInPeer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/a");
    q.chdir("/new/a");
    s.umount("/new/a").fails(Errno.EBUSY);
    q.mountAt("/new/a").isThere();
    q.chdir("/");
    s.umount("/new/a").succeeds();
    q.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "detach-takes-peers-that-are-in-use",
      section = "NOTES",
      editions = "none",
      says = "MNT_DETACH takes the copies of the peers too, in use or not",
      catches = "a kernel that leaves the copies that are in use")
  void detachTakesPeers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/a");
    q.chdir("/new/a");
    FileId inside = q.stat(".").value();
    s.umount("/new/a", MNT_DETACH).succeeds();
    q.mountAt("/new/a").isAbsent();
    q.cwd().is(inside);
  }
}
