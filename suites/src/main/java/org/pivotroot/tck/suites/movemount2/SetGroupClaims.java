package org.pivotroot.tck.suites.movemount2;

import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_SET_GROUP;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;

/** MOVE_MOUNT_SET_GROUP: giving a mount the peer group and the master of another. */
@Page("move_mount(2)")
class SetGroupClaims {
  /** A task with /new shared and a private bind of it on /copy. */
  private static Task task(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    copy(s, "/new", "/probed");
    if (join(s, "/new", "/probed").failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("MOVE_MOUNT_SET_GROUP");
    }
    copy(s, "/new", "/copy");
    return s;
  }

  private static void copy(Task s, String from, String to) {
    s.mkdir(to);
    s.bind(from, to);
    s.propagation(to, MS_PRIVATE);
  }

  private static Outcome<Void> join(Task s, String from, String to) {
    return s.moveMount(from, to, MOVE_MOUNT_SET_GROUP);
  }

  @Claim(
      id = "set-group-makes-a-peer",
      section = "DESCRIPTION",
      says = "A private mount joins the peer group of the other, and receives from it from then on",
      catches = "a kernel that copies the number of the group and forgets the list")
  void makesPeer(Stage stage) {
    Task s = task(stage);
    join(s, "/new", "/copy").succeeds();
    s.mountAt("/copy").isPeerOf(s.mountAt("/new").isShared());
    s.mountTmpfs("/new/old").succeeds();
    s.mountAt("/copy/old").isPeerOf(s.mountAt("/new/old").isShared());
    s.umount("/copy/old").succeeds();
    s.mountAt("/new/old").isAbsent();
  }

  @Claim(
      id = "set-group-gives-the-master",
      section = "DESCRIPTION",
      says = "From a slave the mount gets the same master, and receives from it",
      catches = "a kernel that makes it a slave of the slave, or its peer")
  void givesMaster(Stage stage) {
    Task s = task(stage);
    s.mkdir("/slave");
    s.bind("/new", "/slave");
    s.propagation("/slave", MS_SLAVE);
    join(s, "/slave", "/copy").succeeds();
    s.mountAt("/copy").isSlave().isSlaveOf(s.mountAt("/new"));
    s.mountTmpfs("/new/old").succeeds();
    s.mountAt("/copy/old").isThere();
    s.umount("/copy/old").succeeds();
    s.mountAt("/new/old").isThere();
    s.mountAt("/slave/old").isThere();
  }

  @Claim(
      id = "set-group-gives-group-and-master",
      section = "DESCRIPTION",
      says = "From a mount that is slave and shared it gets both",
      catches = "a kernel that gives one of the two")
  void givesBoth(Stage stage) {
    Task s = task(stage);
    s.mkdir("/both");
    s.bind("/new", "/both");
    s.propagation("/both", MS_SLAVE);
    s.propagation("/both", MS_SHARED);
    join(s, "/both", "/copy").succeeds();
    s.mountAt("/copy")
        .isType("slave+shared")
        .isPeerOf(s.mountAt("/both"))
        .isSlaveOf(s.mountAt("/new"));
  }

  @Claim(
      id = "set-group-only-of-private-mounts",
      section = "ERRORS",
      says = "A mount that is shared or a slave already is refused: EINVAL",
      catches = "a kernel that leaves a mount in the lists of two groups")
  void onlyPrivate(Stage stage) {
    Task s = task(stage);
    s.propagation("/copy", MS_SHARED);
    join(s, "/new", "/copy").fails(Errno.EINVAL);
    s.mkdir("/slave");
    s.bind("/new", "/slave");
    s.propagation("/slave", MS_SLAVE);
    join(s, "/new", "/slave").fails(Errno.EINVAL);
    s.propagation("/copy", MS_PRIVATE);
    join(s, "/new", "/copy").succeeds();
  }

  @Claim(
      id = "set-group-of-an-unbindable-mount",
      section = "ERRORS",
      says = "An unbindable mount is refused: EINVAL",
      catches = "a kernel in which a mount is unbindable and shared at once")
  @Contradicted(
      before = "7.2.11",
      because =
          "only shared mounts and slaves were refused: an unbindable mount became a peer, and could"
              + " be bound")
  void unbindable(Stage stage) {
    Task s = task(stage);
    s.propagation("/copy", MS_UNBINDABLE);
    join(s, "/new", "/copy").fails(Errno.EINVAL);
    s.propagation("/copy", MS_PRIVATE);
    join(s, "/new", "/copy").succeeds();
  }

  @Claim(
      id = "set-group-from-private",
      section = "ERRORS",
      says = "A private mount has no group to give: EINVAL",
      catches = "a kernel that makes a group without a number")
  void fromPrivate(Stage stage) {
    Task s = task(stage);
    copy(s, "/new", "/other");
    join(s, "/other", "/copy").fails(Errno.EINVAL);
    join(s, "/new", "/copy").succeeds();
  }

  @Claim(
      id = "set-group-of-another-file-system",
      section = "ERRORS",
      says = "Both must be mounts of one file system: EINVAL",
      catches = "a kernel in which mounts of different file systems become peers")
  void otherFileSystem(Stage stage) {
    Task s = task(stage);
    s.newTmpfs("/other");
    join(s, "/new", "/other").fails(Errno.EINVAL);
    join(s, "/new", "/copy").succeeds();
  }

  @Claim(
      id = "set-group-over-locked-mounts",
      section = "ERRORS",
      editions = "none",
      says = "A mount that shows what a locked mount covers in the other cannot join it: EINVAL",
      catches = "a kernel in which a less privileged namespace learns where a covered place is",
      userland = true)
  void overLockedMounts(Stage stage) {
    Task s = task(stage);
    s.propagation("/", MS_SHARED);
    s.mkdir("/dir");
    s.mkdir("/dir/sub");
    s.mkdir("/free");
    copy(s, "/dir", "/dir-copy");
    copy(s, "/free", "/free-copy");
    s.mountTmpfs("/dir/sub");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mountAt("/dir/sub").isLocked();
    join(u, "/", "/dir-copy").fails(Errno.EINVAL);
    u.mountAt("/dir-copy").isPrivate();
    join(u, "/", "/free-copy").succeeds();
    u.mountAt("/free-copy").isSlave();
  }

  @Claim(
      id = "set-group-from-a-narrower-mount",
      section = "ERRORS",
      says = "A mount that shows less of the file system gives its group to none that shows more",
      catches = "a kernel in which mounts then propagate to places that are out of sight")
  void narrower(Stage stage) {
    Task s = task(stage);
    s.mkdir("/part");
    s.bind("/new/old", "/part");
    s.mountAt("/part").hasRoot("/old").isPeerOf(s.mountAt("/new"));
    join(s, "/part", "/copy").fails(Errno.EINVAL);
    copy(s, "/new/old", "/narrow");
    join(s, "/new", "/narrow").succeeds();
    join(s, "/part", "/copy").fails(Errno.EINVAL);
  }

  @Claim(
      id = "set-group-moves-nothing",
      section = "DESCRIPTION",
      says = "Both mounts stay where they are",
      catches = "a kernel that moves the mount as well")
  void movesNothing(Stage stage) {
    Task s = task(stage);
    long from = stage.mountOf(s.stat("/new").value());
    long to = stage.mountOf(s.stat("/copy").value());
    join(s, "/new", "/copy").succeeds();
    s.mountAt("/new").isMount(from);
    s.mountAt("/copy").isMount(to);
  }

  @Claim(
      id = "set-group-of-no-mount",
      section = "ERRORS",
      says = "Both paths must be the roots of mounts: EINVAL",
      catches = "a kernel that takes the mounts that the directories are in")
  void noMount(Stage stage) {
    Task s = task(stage);
    join(s, "/new/old", "/copy").fails(Errno.EINVAL);
    join(s, "/new", "/copy/old").fails(Errno.EINVAL);
    join(s, "/new", "/copy").succeeds();
  }
}
