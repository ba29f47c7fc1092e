package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.harness.task.Errno.EBUSY;
import static org.pivotroot.tck.harness.task.Errno.EINVAL;
import static org.pivotroot.tck.harness.task.Errno.EPERM;
import static org.pivotroot.tck.harness.task.Flags.MNT_DETACH;
import static org.pivotroot.tck.harness.task.Flags.MS_BIND;
import static org.pivotroot.tck.harness.task.Flags.MS_NOATIME;
import static org.pivotroot.tck.harness.task.Flags.MS_NODEV;
import static org.pivotroot.tck.harness.task.Flags.MS_NOEXEC;
import static org.pivotroot.tck.harness.task.Flags.MS_NOSUID;
import static org.pivotroot.tck.harness.task.Flags.MS_RDONLY;
import static org.pivotroot.tck.harness.task.Flags.MS_REC;
import static org.pivotroot.tck.harness.task.Flags.MS_RELATIME;
import static org.pivotroot.tck.harness.task.Flags.MS_REMOUNT;
import static org.pivotroot.tck.harness.task.Flags.MS_SHARED;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.Flags;
import org.pivotroot.tck.harness.task.MountTable;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Mount namespaces that belong to another user namespace than the one they were copied from. */
@Page("mount_namespaces(7)")
class LessPrivilegedClaims {

  private static Task lessPrivileged(Task s) {
    return s.process(
        "U", "unshare", "--user", "--map-root-user", "--mount", "--propagation", "unchanged");
  }

  private static List<String> tags(Task task, String point) {
    return task.mounts().value().at(point).orElseThrow().propagation();
  }

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
    Task u = lessPrivileged(s);
    String group = tags(s, "/new").get(0).replace("shared:", "");
    stage.check(tags(u, "/new").equals(List.of("master:" + group)), "/new: " + tags(u, "/new"));
    stage.check(tags(u, "/usr").isEmpty(), "/usr: " + tags(u, "/usr"));
    s.mountTmpfs("/new/a").succeeds();
    stage.check(u.mounts().value().at("/new/a").isPresent(), "nothing was received");
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
    Task u = lessPrivileged(s);
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
    Task u = lessPrivileged(s);
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
    Task u = lessPrivileged(s);
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
    Task u = lessPrivileged(s);
    u.bind("/", "/place").fails(EINVAL);
    u.bind("/free", "/place").succeeds();
    u.umount("/place").succeeds();
    u.mount("/", "/place", "", MS_BIND, MS_REC).succeeds();
    FileId copy = u.stat("/place/new").value();
    stage.check(copy.sameFile(u.stat("/new").value()), "/place/new shows what /new covers");
    u.umount("/place/new").fails(EINVAL);
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
    s.mkdir("/tree");
    s.mountTmpfs("/tree");
    s.mkdir("/tree/part");
    s.mountTmpfs("/tree/part");
    s.propagation("/new", MS_SHARED);
    Task u = lessPrivileged(s);
    s.mount("/tree", "/new/old", "", MS_BIND, MS_REC).succeeds();
    stage.check(u.mounts().value().at("/new/old/part").isPresent(), "it did not propagate");
    u.umount("/new/old/part").fails(EINVAL);
    u.umount("/new/old/part", MNT_DETACH).fails(EINVAL);
    u.umount("/new/old").fails(EBUSY);
    u.umount("/new/old", MNT_DETACH).succeeds();
    stage.check(u.mounts().value().at("/new/old").isEmpty(), "the top is still there");
    stage.check(u.mounts().value().at("/new/old/part").isEmpty(), "the part is still there");
    stage.check(s.mounts().value().at("/new/old/part").isPresent(), "S lost its mount");
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
    Task u = lessPrivileged(s);
    s.mountTmpfs("/new/old").succeeds();
    stage.check(u.mounts().value().at("/new/old").isPresent(), "it did not propagate");
    u.umount("/new/old").succeeds();
    stage.check(s.mounts().value().at("/new/old").isPresent(), "S lost its mount");
  }

  /** A mount with flags, that U may remount with these flags but not with those. */
  private static void locked(Stage stage, List<Flags> has, List<Flags> without) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place");
    s.mount("none", "/place", "", remount(has)).succeeds();
    Task u = lessPrivileged(s);
    u.mount("none", "/place", "", remount(without)).fails(EPERM);
    u.mount("none", "/place", "", remount(has)).succeeds();
    // The owner of the more privileged namespace is free to.
    s.mount("none", "/place", "", remount(without)).succeeds();
  }

  private static Flags[] remount(List<Flags> flags) {
    Flags[] all = new Flags[flags.size() + 2];
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
      id = "userns-flags-locked-atime",
      section = "DESCRIPTION",
      says = "The access time settings of a mount cannot be changed there either: EPERM",
      catches = "a kernel that does not count them among the flags",
      userland = true)
  void atimeLocked(Stage stage) {
    locked(stage, List.of(MS_NOATIME), List.of(MS_RELATIME));
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
    Task u = lessPrivileged(s);
    u.mount("none", "/place", "", remount(List.of(MS_RDONLY))).succeeds();
    stage.check(
        u.mounts().value().at("/place").orElseThrow().options().startsWith("ro"), "not read-only");
    stage.check(
        s.mounts().value().at("/place").orElseThrow().options().startsWith("rw"),
        "the original became read-only");
  }
}
