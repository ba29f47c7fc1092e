package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Whose slaves the slaves of a mount are when that goes, by whichever way. */
@Page("mount_namespaces(7)")
class MasterClaims {

  @Claim(
      id = "slave-of-ended-group",
      section = "DESCRIPTION",
      says = "When the last of its master's group leaves, a slave's master is that one's master",
      catches = "a kernel that leaves the slave with a master that is gone, or makes it private")
  void grandMaster(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.propagation("/new", MS_SHARED);
    Task r = q.fork("R");
    r.unshare(CLONE_NEWNS);
    r.propagation("/new", MS_SLAVE);
    r.mountAt("/new").isSlaveOf(q.mountAt("/new"));
    q.propagation("/new", MS_PRIVATE);
    r.mountAt("/new").isSlave().isSlaveOf(s.mountAt("/new"));
    s.mountTmpfs("/new/a").succeeds();
    r.mountAt("/new/a").isSlaveOf(s.mountAt("/new/a"));
    q.mountAt("/new/a").isAbsent();
  }

  @Claim(
      id = "slave-of-unmounted-master",
      section = "DESCRIPTION",
      says = "When its master is unmounted, a slave's master is that one's master",
      catches = "a kernel in which an unmount cuts off who received by what is unmounted")
  void unmountedMaster(Stage stage) {
    Task s = stage.task("S");
    for (String directory : List.of("/new/a", "/between", "/slave")) {
      s.mkdir(directory);
    }
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/between");
    s.propagation("/between", MS_SLAVE);
    s.propagation("/between", MS_SHARED);
    s.bind("/between", "/slave");
    s.propagation("/slave", MS_SLAVE);
    s.mountAt("/slave").isSlaveOf(s.mountAt("/between"));
    s.umount("/between").succeeds();
    s.mountAt("/slave").isSlave().isSlaveOf(s.mountAt("/new"));
    s.mountTmpfs("/new/a").succeeds();
    s.mountAt("/slave/a").isSlaveOf(s.mountAt("/new/a"));
    s.umount("/new/a").succeeds();
    s.mountAt("/slave/a").isAbsent();
  }

  @Claim(
      id = "slave-of-unmounted-peer",
      section = "DESCRIPTION",
      says = "Whichever of a peer group is unmounted, the group's slaves receive from those left",
      catches = "a kernel whose slaves belong to one of the peers")
  void unmountedPeer(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/first");
    for (String directory : List.of("/first/a", "/peer", "/one", "/other")) {
      s.mkdir(directory);
    }
    s.propagation("/first", MS_SHARED);
    s.bind("/first", "/one");
    s.bind("/first", "/peer");
    s.bind("/peer", "/other");
    s.propagation("/one", MS_SLAVE);
    s.propagation("/other", MS_SLAVE);
    s.umount("/first").succeeds();
    s.mountAt("/one").isSlave().isSlaveOf(s.mountAt("/peer"));
    s.mountAt("/other").isSlave().isSlaveOf(s.mountAt("/peer"));
    s.mountTmpfs("/peer/a").succeeds();
    s.mountAt("/one/a").isSlaveOf(s.mountAt("/peer/a"));
    s.mountAt("/other/a").isSlaveOf(s.mountAt("/peer/a"));
  }

  @Claim(
      id = "slave-of-ended-namespace",
      section = "DESCRIPTION",
      says = "When a namespace ends, slaves of its mounts keep receiving from their peers",
      catches = "a kernel in which the end of a namespace cuts off others")
  void namespaceEnds(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = q.fork("R");
    r.unshare(CLONE_NEWNS);
    r.propagation("/new", MS_SLAVE);
    q.exit();
    s.mountTmpfs("/new/a").succeeds();
    r.mountAt("/new/a").isSlaveOf(s.mountAt("/new/a").isShared());
  }
}
