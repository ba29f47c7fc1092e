package org.pivotroot.tck.suites.procsysfs5;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOSPC;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;

/** How many mounts a namespace may have, and that nothing is done by halves when they are more. */
@Page("proc_sys_fs(5)")
class MountMaxClaims {
  /** More mounts than any namespace has that are in no mount table. */
  private static final int OUT_OF_SIGHT = 4;

  private static void allow(Task s, int mounts) {
    Descriptor limit = s.open("/proc/sys/fs/mount-max", OpenFlag.O_WRONLY).value();
    s.write(limit, String.valueOf(mounts)).succeeds();
    s.close(limit);
  }

  private static int visible(Task s) {
    return s.tree().value().mounts().size();
  }

  /** Mounts on /full until no more is allowed: how many there may be. */
  private static int fill(Stage stage, Task s) {
    int limit = visible(s) + 2 * OUT_OF_SIGHT;
    allow(s, limit);
    int made = 0;
    while (!s.mountTmpfs("/full").failedWith(ENOSPC)) {
      made++;
      stage.check(made <= 2 * OUT_OF_SIGHT, "there are more mounts than allowed");
    }
    stage.check(made >= OUT_OF_SIGHT, "fewer mounts than allowed are refused");
    stage.fact("mounts that count and are out of sight", 2 * OUT_OF_SIGHT - made);
    return limit;
  }

  private static Task task(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    s.unshare(CLONE_NEWNS);
    s.mkdir("/full");
    s.mkdir("/new/a");
    return s;
  }

  @Claim(
      id = "mount-max-is-exact",
      section = "/proc/sys/fs/mount-max",
      says = "A namespace has so many mounts and no more: ENOSPC, until one is unmounted",
      catches = "a kernel that never lowers its count, or counts what it refused",
      in = Placement.ROOT)
  void exact(Stage stage) {
    Task s = task(stage);
    int limit = fill(stage, s);
    s.mountTmpfs("/new/old").fails(ENOSPC);
    s.bind("/new", "/new/old").fails(ENOSPC);
    s.umount("/full").succeeds();
    s.mountTmpfs("/new/old").succeeds();
    s.mountTmpfs("/new/a").fails(ENOSPC);
    allow(s, limit + 3);
    s.mountTmpfs("/new/a").succeeds();
    s.mountTmpfs("/new/a").succeeds();
    s.mountTmpfs("/new/a").succeeds();
    s.mountTmpfs("/new/a").fails(ENOSPC);
  }

  @Claim(
      id = "mount-max-is-of-each-namespace",
      section = "/proc/sys/fs/mount-max",
      says = "What one namespace has does not count in another",
      catches = "a kernel in which one container takes the mounts of all",
      in = Placement.ROOT)
  void eachNamespace(Stage stage) {
    Task s = task(stage);
    Task q = stage.taskInOtherNamespace("Q");
    fill(stage, s);
    s.mountTmpfs("/new/old").fails(ENOSPC);
    q.mountTmpfs("/new/old").succeeds();
    q.mountTmpfs("/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
  }

  @Claim(
      id = "mount-max-of-a-tree",
      section = "/proc/sys/fs/mount-max",
      says = "A tree that has not all room is bound not at all",
      catches = "a kernel that binds as much of it as there is room for",
      in = Placement.ROOT)
  void tree(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/in");
    s.mkdir("/place");
    int limit = fill(stage, s);
    allow(s, limit + 2);
    s.bind("/new", "/place", MS_REC).fails(ENOSPC);
    s.mountAt("/place").isAbsent();
    allow(s, limit + 3);
    s.bind("/new", "/place", MS_REC).succeeds();
    s.mountAt("/place/old/in").isThere();
    s.mountTmpfs("/place").fails(ENOSPC);
  }

  @Claim(
      id = "mount-max-of-receivers",
      section = "/proc/sys/fs/mount-max",
      says = "A mount that one of its receivers has no room for is made nowhere: ENOSPC",
      catches = "a kernel that leaves that receiver out, or keeps count of what it took back",
      in = Placement.ROOT)
  void receivers(Stage stage) {
    Task s = task(stage);
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    fill(stage, q);
    for (int i = 0; i < 3 * OUT_OF_SIGHT; i++) {
      s.mountTmpfs("/new/a").fails(ENOSPC);
    }
    q.mountAt("/new/a").isAbsent();
    r.mountAt("/new/a").isAbsent();
    s.mountTmpfs("/full").succeeds();
    r.mountTmpfs("/full").succeeds();
    q.umount("/full").succeeds();
    s.mountTmpfs("/new/a").succeeds();
    q.mountAt("/new/a").isPeerOf(s.mountAt("/new/a"));
    r.mountAt("/new/a").isPeerOf(s.mountAt("/new/a"));
    q.mountTmpfs("/full").fails(ENOSPC);
  }

  @Claim(
      id = "mount-max-stops-doubling",
      section = "/proc/sys/fs/mount-max",
      says = "A shared tree bound in itself again and again ends with ENOSPC and nothing changed",
      catches = "a kernel that fills its memory, or leaves a part of the last doubling",
      in = Placement.ROOT)
  void doubling(Stage stage) {
    Task s = task(stage);
    s.propagation("/new", MS_SHARED);
    int before = visible(s);
    allow(s, before + 100);
    int made = 0;
    while (!s.bind("/new", "/new/a", MS_REC).failedWith(ENOSPC)) {
      made++;
      stage.check(made < 100, "there are more mounts than allowed");
    }
    stage.fact("times it was bound", made);
    int now = visible(s);
    stage.fact("mounts more", now - before);
    s.bind("/new", "/new/a", MS_REC).fails(ENOSPC);
    stage.check(visible(s) == now, "there are other mounts than before");
    // What was bound last may lie over what it was bound from.
    int taken = 0;
    while (!s.umount("/new", MNT_DETACH).failedWith(EINVAL)) {
      taken++;
      stage.check(taken < 100, "there is no end of mounts");
    }
    stage.check(visible(s) == before - 1, "there are more mounts than before");
    s.mountTmpfs("/new").succeeds();
  }

  @Claim(
      id = "mount-max-lets-mounts-move",
      section = "/proc/sys/fs/mount-max",
      says = "At the limit mounts still move, pivot_root(2) works and namespaces are copied",
      catches = "a kernel that counts a moved mount twice, and so cannot pivot when full",
      editions = "none",
      in = Placement.ROOT)
  void move(Stage stage) {
    Task s = task(stage);
    s.mkdir("/place");
    int limit = fill(stage, s);
    s.move("/new", "/place").succeeds();
    s.move("/place", "/new").succeeds();
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/full").fails(ENOSPC);
    q.pivotRoot("/new", "/new/old").succeeds();
    q.umount("/old", MNT_DETACH).succeeds();
    q.mountTmpfs("/old").succeeds();
    allow(s, limit - 1);
    s.pivotRoot("/new", "/new/old").succeeds();
    s.mountTmpfs("/a").fails(ENOSPC);
  }
}
