package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.Errno.EROFS;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_NODEV;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOEXEC;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOSUID;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_RELATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_STRICTATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Mount namespaces that belong to another user namespace than the one they were copied from. */
@Page("mount_namespaces(7)")
class LessPrivilegedClaims {

  @Claim(
      id = "userns-copy-is-slave",
      section = "DESCRIPTION",
      says = "Shared mounts become slaves in a less privileged namespace; private ones stay",
      catches = "a kernel in which a user namespace can mount into its parent",
      userland = true)
  void copyIsSlave(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    s.propagation("/new", MS_SHARED);
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mountAt("/new").isSlave().isSlaveOf(s.mountAt("/new"));
    u.mountAt("/usr").isPrivate();
    s.mountTmpfs("/new/a").succeeds();
    u.mountAt("/new/a").isThere();
    MountTable before = s.mounts().value();
    u.mountTmpfs("/new/b").succeeds();
    s.mounts().is(before);
  }

  @Claim(
      id = "userns-mounts-locked-together",
      section = "DESCRIPTION",
      says = "None of the mounts that were copied together can be unmounted by itself: EINVAL",
      catches = "a kernel in which a user namespace can see what is mounted over",
      userland = true)
  void lockedTogether(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    for (String each : List.of("/new/old", "/new", "/usr", "/dev", "/proc")) {
      u.umount(each).fails(EINVAL);
      u.umount(each, MNT_DETACH).fails(EINVAL);
    }
    s.umount("/new/old").succeeds();
  }

  @Claim(
      id = "userns-locked-mount-cannot-be-moved",
      section = "DESCRIPTION",
      says = "A locked mount cannot be moved away either: EINVAL",
      catches = "a kernel that locks against umount(2) only",
      editions = "none",
      userland = true)
  void lockedCannotBeMoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.move("/new", "/place").fails(EINVAL);
    u.mountTmpfs("/new");
    u.move("/new", "/place").succeeds();
  }

  @Claim(
      id = "userns-may-stack-on-locked",
      section = "DESCRIPTION",
      says = "A mount can be put on a locked one, and taken off again",
      catches = "a kernel that locks new mounts too, or refuses them",
      userland = true)
  void mayStack(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    FileId inherited = u.stat("/new").value();
    u.mountTmpfs("/new").succeeds();
    u.stat("/new").isNot(inherited);
    u.umount("/new").succeeds();
    u.stat("/new").is(inherited);
    u.umount("/new").fails(EINVAL);
  }

  @Claim(
      id = "bind-of-subtree-without-rec-einval-when-locked",
      section = "DESCRIPTION",
      says =
          "A bind mount that would show what locked mounts cover is EINVAL; with MS_REC it is not",
      catches = "a kernel in which a bind mount uncovers what is mounted over",
      userland = true)
  void bindWithoutRec(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/free");
    s.mkdir("/free/sub");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.bind("/", "/place").fails(EINVAL);
    u.bind("/free", "/place").succeeds();
    u.umount("/place").succeeds();
    u.mount("/", "/place", "", MS_BIND, MS_REC).succeeds();
    FileId copy = u.stat("/place/new").value();
    stage.check(copy.sameFile(u.stat("/new").value()), "/place/new shows what /new covers");
    u.mountAt("/place/new").isLocked();
  }

  @Claim(
      id = "bind-would-leave-out-what-is-locked",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A recursive bind that would leave out an unbindable mount is EPERM where that mount is"
              + " locked, as what it covers would be seen",
      catches = "a kernel that leaves it out, or binds an unbindable mount",
      userland = true)
  @Contradicted(
      from = "6.17",
      before = "7.2.11",
      because = "the copy of an unbindable mount is private there, and is bound like any other")
  void bindWouldLeaveOut(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/sub");
    s.mountTmpfs("/new/sub");
    s.propagation("/new/sub", MS_UNBINDABLE);
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mount("/new", "/place", "", MS_BIND, MS_REC).fails(EPERM);
    u.mountAt("/place").isAbsent();
    u.newTmpfs("/free");
    u.newTmpfs("/free/sub");
    u.propagation("/free/sub", MS_UNBINDABLE);
    u.mount("/free", "/place", "", MS_BIND, MS_REC).succeeds();
    u.mountAt("/place/sub").isAbsent();
  }

  @Claim(
      id = "userns-whole-unit-may-be-unmounted",
      section = "DESCRIPTION",
      says =
          "Mounts that propagated into a less privileged namespace as one tree can be unmounted as"
              + " the whole tree, not in part",
      catches = "a kernel that locks the top of a propagated tree, or not what is below",
      userland = true)
  void wholeUnit(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/tree");
    s.newTmpfs("/tree/part");
    s.propagation("/new", MS_SHARED);
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    s.mount("/tree", "/new/old", "", MS_BIND, MS_REC).succeeds();
    u.mountAt("/new/old/part").isThere();
    u.umount("/new/old/part").fails(EINVAL);
    u.umount("/new/old/part", MNT_DETACH).fails(EINVAL);
    u.umount("/new/old").fails(EBUSY);
    u.umount("/new/old", MNT_DETACH).succeeds();
    u.mountAt("/new/old").isAbsent();
    u.mountAt("/new/old/part").isAbsent();
    s.mountAt("/new/old/part").isThere();
  }

  @Claim(
      id = "userns-single-propagated-mount-not-locked",
      section = "DESCRIPTION",
      says = "One mount that propagates by itself is a unit by itself, and not locked",
      catches = "a kernel that locks everything that came from outside",
      userland = true)
  void singleUnit(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    s.mountTmpfs("/new/old").succeeds();
    u.mountAt("/new/old").isThere();
    u.umount("/new/old").succeeds();
    s.mountAt("/new/old").isThere();
  }

  /** A mount with flags, that U may remount with these flags but not with those. */
  private static void locked(Stage stage, List<MountFlag> has, List<MountFlag> without) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place");
    s.mount("none", "/place", "", remount(has)).succeeds();
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mount("none", "/place", "", remount(without)).fails(EPERM);
    u.mount("none", "/place", "", remount(has)).succeeds();
    // The owner of the more privileged namespace is free to.
    s.mount("none", "/place", "", remount(without)).succeeds();
  }

  private static MountFlag[] remount(List<MountFlag> flags) {
    MountFlag[] all = new MountFlag[flags.size() + 2];
    all[0] = MS_REMOUNT;
    all[1] = MS_BIND;
    for (int i = 0; i < flags.size(); i++) {
      all[i + 2] = flags.get(i);
    }
    return all;
  }

  @Claim(
      id = "userns-flags-locked-read-only",
      section = "DESCRIPTION",
      says = "MS_RDONLY of a mount cannot be taken away in a less privileged namespace: EPERM",
      catches = "a kernel in which a user namespace can make an inherited mount writable",
      userland = true)
  void readOnlyLocked(Stage stage) {
    locked(stage, List.of(MS_RDONLY), List.of());
  }

  @Claim(
      id = "userns-flags-locked-nosuid",
      section = "DESCRIPTION",
      says = "MS_NOSUID of a mount cannot be taken away in a less privileged namespace: EPERM",
      catches = "a kernel that locks MS_RDONLY only",
      userland = true)
  void nosuidLocked(Stage stage) {
    locked(stage, List.of(MS_NOSUID, MS_NODEV), List.of(MS_NODEV));
  }

  @Claim(
      id = "userns-flags-locked-noexec",
      section = "DESCRIPTION",
      says = "MS_NOEXEC of a mount cannot be taken away in a less privileged namespace: EPERM",
      catches = "a kernel that locks MS_RDONLY only",
      userland = true)
  void noexecLocked(Stage stage) {
    locked(stage, List.of(MS_NOEXEC, MS_NODEV), List.of(MS_NODEV));
  }

  @Claim(
      id = "userns-flags-locked-nodev",
      section = "DESCRIPTION",
      says = "MS_NODEV of a mount cannot be taken away in a less privileged namespace: EPERM",
      catches = "a kernel in which a user namespace gets at device nodes",
      editions = "none",
      userland = true)
  void nodevLocked(Stage stage) {
    locked(stage, List.of(MS_NODEV, MS_NOSUID), List.of(MS_NOSUID));
  }

  @Claim(
      id = "locked-flags-hold-for-who-enters",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "In a less privileged namespace the flags are locked also for a task that comes in from"
              + " outside and is privileged over the file system: EPERM",
      catches = "a kernel that asks for the locks only where a mount alone is changed",
      userland = true)
  void holdForWhoEnters(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/new", "", MS_REMOUNT, MS_BIND, MS_NOSUID);
    Task u = s.lessPrivileged("U");
    Task p = stage.task("P");
    p.setnsMount(s.openOf(u, "ns/mnt").value()).succeeds();
    p.mount("none", "/new", "", MS_REMOUNT).fails(EPERM);
    p.mount("none", "/new", "", MS_REMOUNT, MS_BIND).fails(EPERM);
    p.mount("none", "/new", "", MS_REMOUNT, MS_NOSUID).succeeds();
    s.mount("none", "/new", "", MS_REMOUNT).succeeds();
  }

  @Claim(
      id = "userns-flags-locked-atime",
      section = "DESCRIPTION",
      says = "The access time settings of a mount cannot be changed there either: EPERM",
      catches = "a kernel that does not count them among the flags",
      userland = true)
  void atimeLocked(Stage stage) {
    locked(stage, List.of(MS_NOATIME), List.of(MS_RELATIME));
  }

  @Claim(
      id = "userns-no-access-time-setting-may-replace-another",
      section = "DESCRIPTION",
      says = "Neither stricter nor laxer settings of the access time may be chosen there: EPERM",
      catches = "a kernel that takes noatime for the laxest, or locks what is not the default only",
      userland = true)
  void atimeReplaced(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place");
    s.mount("none", "/place", "", remount(List.of(MS_STRICTATIME)));
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    for (MountFlag other : List.of(MS_NOATIME, MS_STRICTATIME)) {
      u.mount("none", "/new", "", remount(List.of(other))).fails(EPERM);
    }
    for (MountFlag other : List.of(MS_NOATIME, MS_RELATIME)) {
      u.mount("none", "/place", "", remount(List.of(other))).fails(EPERM);
    }
    u.mount("none", "/place", "", remount(List.of(MS_STRICTATIME))).succeeds();
    u.mount("none", "/new", "", remount(List.of(MS_RELATIME))).succeeds();
    u.mkdir("/own");
    u.mountTmpfs("/own");
    u.mount("none", "/own", "", remount(List.of(MS_NOATIME))).succeeds();
    u.mountAt("/own").hasOptions("rw,noatime");
  }

  @Claim(
      id = "userns-flags-may-be-added",
      section = "DESCRIPTION",
      says = "What is locked is that flags go; they may be set, and cleared again if set there",
      catches = "a kernel that refuses every remount in a user namespace",
      editions = "none",
      userland = true)
  void mayBeAdded(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place");
    Task u = s.lessPrivileged("U", "--propagation", "unchanged");
    u.mount("none", "/place", "", remount(List.of(MS_RDONLY))).succeeds();
    u.mountAt("/place").hasOptions("ro,relatime");
    u.mkdir("/place/a").fails(EROFS);
    u.mkdir("/new/a").succeeds();
    s.mountAt("/place").hasOptions("rw,relatime");
    u.mountAt("/new").hasOptions("rw,relatime");
    u.mount("none", "/place", "", remount(List.of())).succeeds();
    u.mountAt("/place").hasOptions("rw,relatime");
    u.rmdir("/place/a").succeeds();
  }
}
