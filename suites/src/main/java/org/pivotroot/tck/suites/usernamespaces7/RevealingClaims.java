package org.pivotroot.tck.suites.usernamespaces7;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.Errno.EROFS;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_RELATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;

/**
 * What shows more of the machine than a namespace was given to see: a sysfs of one's own, which who
 * owns a network namespace may mount, and which holds what others have covered
 * (mount_too_revealing() in fs/namespace.c).
 */
@Page("user_namespaces(7)")
class RevealingClaims {
  private static final String SYSFS = "sysfs";

  /** The first task, which has a sysfs on /sys. */
  private static Task task(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/sys");
    s.mount(SYSFS, "/sys", SYSFS).value();
    // In a container it may be read-only as a whole, by the mount that the container has.
    boolean readOnly = s.mkdir("/sys/none").failedWith(EROFS);
    stage.given(!readOnly, "a sysfs that can be written to");
    return s;
  }

  /** A less privileged task that owns its network namespace. */
  private static Task owner(Task s, String name) {
    return s.lessPrivileged(name, "--net");
  }

  private static Outcome<Void> mount(Task u, MountFlag... flags) {
    return u.mount(SYSFS, "/new/old", SYSFS, flags);
  }

  private static Outcome<Void> remount(Task task, String place, MountFlag flag) {
    return task.mount("none", place, "", MS_REMOUNT, MS_BIND, flag);
  }

  @Claim(
      id = "fresh-sysfs-needs-one-in-sight",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "Who owns a network namespace may mount sysfs where one is mounted already, all of it: else"
              + " EPERM",
      catches = "a kernel in which a user namespace shows what a container was not given",
      userland = true)
  void needsOneInSight(Stage stage) {
    Task s = task(stage);
    mount(s.lessPrivileged("V")).fails(EPERM);
    mount(owner(s, "U")).succeeds();
    s.mkdir("/part");
    s.bind("/sys/kernel", "/part");
    s.umount("/sys").succeeds();
    mount(owner(s, "W")).fails(EPERM);
  }

  @Claim(
      id = "fresh-sysfs-where-one-is-partly-covered",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A sysfs of one's own is EPERM where something covers a part of the one in sight that the"
              + " namespace cannot uncover, unless that part is always empty",
      catches = "a kernel that looks for a sysfs and not at what lies on it",
      userland = true)
  void partlyCovered(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/sys/fs/cgroup").value();
    Task u = owner(s, "U");
    mount(u).succeeds();
    u.umount("/new/old").succeeds();
    u.mountTmpfs("/sys/kernel").succeeds();
    mount(u).succeeds();
    s.mountTmpfs("/sys/kernel").value();
    Task w = owner(s, "W");
    mount(w).fails(EPERM);
    w.umount("/sys/kernel").fails(EINVAL);
    s.umount("/sys/kernel").succeeds();
    mount(owner(s, "X")).succeeds();
  }

  @Claim(
      id = "fresh-sysfs-stays-read-only",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "Where the sysfs in sight is read-only, one's own must be, EPERM else, and cannot be made"
              + " writable",
      catches = "a kernel that lets a container write to what it was given to read",
      userland = true)
  void staysReadOnly(Stage stage) {
    Task s = task(stage);
    remount(s, "/sys", MS_RDONLY).value();
    Task u = owner(s, "U");
    mount(u).fails(EPERM);
    mount(u, MS_RDONLY).succeeds();
    remount(u, "/new/old", MS_RELATIME).fails(EPERM);
    u.mountAt("/new/old").hasOptions("ro,relatime");
    s.mount("none", "/sys", "", MS_REMOUNT, MS_BIND).succeeds();
    Task w = owner(s, "W");
    mount(w, MS_RDONLY).succeeds();
    remount(w, "/new/old", MS_RELATIME).succeeds();
  }

  @Claim(
      id = "fresh-sysfs-keeps-access-times",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A sysfs of one's own must have the access time settings of the one in sight, EPERM else, and"
              + " keeps them",
      catches = "a kernel that looks whether it may be written to alone",
      userland = true)
  void keepsAccessTimes(Stage stage) {
    Task s = task(stage);
    remount(s, "/sys", MS_NOATIME).value();
    Task u = owner(s, "U");
    mount(u).fails(EPERM);
    mount(u, MS_NOATIME).succeeds();
    remount(u, "/new/old", MS_RELATIME).fails(EPERM);
    remount(u, "/new/old", MS_NOATIME).succeeds();
  }

  @Claim(
      id = "fresh-sysfs-in-steps",
      section = "DESCRIPTION",
      editions = "none",
      says = "fsmount(2) of a sysfs that would show more is EPERM as mount(2) is",
      catches = "a kernel that looks at what is shown in mount(2) alone",
      userland = true)
  void inSteps(Stage stage) {
    Task s = task(stage);
    Task u = owner(s, "U");
    Descriptor open = u.fsopen(SYSFS).value();
    u.fsconfigCreate(open).succeeds();
    Descriptor mount = u.fsmount(open).succeeds().value();
    u.moveMount(mount, "/new/old").succeeds();
    s.mountTmpfs("/sys/kernel").value();
    Task w = owner(s, "W");
    Descriptor covered = w.fsopen(SYSFS).value();
    w.fsconfigCreate(covered).succeeds();
    w.fsmount(covered).fails(EPERM);
  }
}
