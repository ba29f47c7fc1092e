package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.MountAt;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Which mounts and unmounts propagate where. */
@Page("mount_namespaces(7)")
class EventClaims {

  @Claim(
      id = "mount-propagates-between-peers",
      section = "DESCRIPTION",
      says = "A mount on one member of a peer group appears on the others, whichever it was",
      catches = "a kernel with one-way peer groups")
  void peers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/a").succeeds();
    q.mountTmpfs("/new/b").succeeds();
    q.mountAt("/new/a").isThere();
    s.mountAt("/new/b").isThere();
    stage.check(
        s.stat("/new/b").value().sameFile(q.stat("/new/b").value()), "not the same file system");
  }

  @Claim(
      id = "slave-receives-and-does-not-send",
      section = "DESCRIPTION",
      says = "A slave receives mounts from its master; mounts on the slave stay there",
      catches = "a kernel in which a slave is a peer, or is cut off")
  void slave(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    s.mountTmpfs("/new/a").succeeds();
    q.mountAt("/new/a").isThere();
    MountTable before = s.mounts().value();
    q.mountTmpfs("/new/b").succeeds();
    s.mounts().is(before);
    q.mountAt("/new/a").isSlave().isSlaveOf(s.mountAt("/new/a").isShared());
    q.mountAt("/new/b").isPrivate();
  }

  @Claim(
      id = "slave-and-shared-passes-on",
      section = "DESCRIPTION",
      says = "A mount that is slave and shared receives from its master and passes on to its peers",
      catches = "a kernel that stops at the first slave")
  void slaveAndShared(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.propagation("/new", MS_SHARED);
    Task r = q.fork("R");
    r.unshare(CLONE_NEWNS);
    s.mountTmpfs("/new/a").succeeds();
    q.mountAt("/new/a").isType("slave+shared").isSlaveOf(s.mountAt("/new/a").isShared());
    r.mountAt("/new/a").isType("slave+shared").isPeerOf(q.mountAt("/new/a"));
    MountTable before = s.mounts().value();
    r.mountTmpfs("/new/b").succeeds();
    q.mountAt("/new/b").isPeerOf(r.mountAt("/new/b").isShared());
    s.mounts().is(before);
    s.umount("/new/a").succeeds();
    q.mountAt("/new/a").isAbsent();
    r.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "propagation-not-for-grandchildren",
      section = "DESCRIPTION",
      says = "The type of a mount decides on mounts immediately on it, not on those further down",
      catches = "a kernel that looks upwards for a shared mount")
  void grandchildren(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/deep");
    s.propagation("/new/old", MS_PRIVATE);
    q.mountAt("/new/old").isThere();
    MountTable before = q.mounts().value();
    s.mountTmpfs("/new/old/deep").succeeds();
    q.mounts().is(before);
  }

  @Claim(
      id = "bind-mount-propagates",
      section = "DESCRIPTION",
      says = "Bind mounts propagate like other mounts, a recursive one as the whole tree",
      catches = "a kernel that propagates new file systems only, or only the top of a tree")
  void bindPropagates(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/tree");
    s.newTmpfs("/tree/sub");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mount("/tree", "/new/old", "", MS_BIND, MS_REC).succeeds();
    q.drawing()
        .is(
            """
            /
              /new shared:A
                /new/old shared:B
                  /new/old/sub shared:C
              /tree
                /tree/sub""");
    stage.check(
        q.stat("/new/old/sub").value().sameFile(s.stat("/tree/sub").value()), "something else did");
  }

  @Claim(
      id = "unmount-spares-receivers-with-submounts",
      section = "DESCRIPTION",
      says = "An unmount does not take those receivers that have something mounted in them",
      catches = "a kernel that fails, or takes the submount away as well")
  void sparesSubmounts(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/deep");
    q.propagation("/new/old", MS_PRIVATE);
    q.mountTmpfs("/new/old/deep");
    MountTable before = q.mounts().value();
    s.umount("/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
    r.mountAt("/new/old").isAbsent();
    q.mounts().is(before);
  }

  @Claim(
      id = "unmount-leaves-receivers-own-mount",
      section = "DESCRIPTION",
      says = "Of several mounts at one place of a receiver, the one that propagated is unmounted",
      catches = "a kernel that unmounts whatever is on top there")
  void leavesOwnMount(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.mountTmpfs("/new/old");
    FileId own = q.stat("/new/old").value();
    int before = q.mounts().value().mounts().size();
    s.mountTmpfs("/new/old").succeeds();
    stage.check(q.mounts().value().mounts().size() == before + 1, "it did not propagate");
    s.umount("/new/old").succeeds();
    stage.check(q.mounts().value().mounts().size() == before, "it is still in Q's table");
    q.stat("/new/old").is(own);
  }

  @Claim(
      id = "propagate-from-names-reachable-master",
      section = "DESCRIPTION",
      says =
          "Where the master of a slave is out of reach from a task's root, propagate_from names"
              + " the nearest group in the chain of masters that is not",
      catches = "a kernel that shows the tag always or never, or the wrong group")
  void propagateFrom(Stage stage) {
    Task s = stage.task("S");
    for (String each : List.of("/new/etc", "/new/tmp", "/etc2")) {
      s.mkdir(each);
    }
    s.propagation("/new", MS_SHARED);
    s.bind("/new/etc", "/etc2");
    s.propagation("/etc2", MS_SLAVE);
    s.propagation("/etc2", MS_SHARED);
    s.bind("/etc2", "/new/tmp");
    s.propagation("/new/tmp", MS_SLAVE);
    MountAt first = s.mountAt("/new").isShared();
    MountAt middle = s.mountAt("/etc2").isType("slave+shared").isSlaveOf(first);
    s.mountAt("/new/tmp").isSlave().isSlaveOf(middle);
    Task p = stage.task("P");
    p.chroot("/new");
    p.mountAt("/tmp").isSlaveOf(middle, first);
  }
}
