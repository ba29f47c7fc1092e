package org.pivotroot.tck.suites.procpidmounts5;

import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_NODEV;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Attributes;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;

/**
 * What /proc/PID/mounts shows, and that who polls it is told of changes (show_vfsmnt() and
 * mounts_poll() in fs/proc_namespace.c).
 */
@Page("proc_pid_mounts(5)")
class MountsFileClaims {
  private static final String CHANGED = "POLLPRI|POLLERR";

  private static Descriptor mounts(Task task) {
    Descriptor mounts = task.open("/proc/thread-self/mounts", OpenFlag.O_RDONLY).value();
    task.poll(mounts).is("");
    return mounts;
  }

  @Claim(
      id = "mounts-poll-tells-of-each-change",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A poll of /proc/PID/mounts is told of a mount that is made, given other flags, moved or"
              + " unmounted, once each, and of nothing in other namespaces",
      catches = "a kernel in which who watches the mounts misses some of what happens to them",
      userland = true)
  void eachChange(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    s.mkdir("/place");
    Descriptor own = mounts(s);
    Descriptor foreign = mounts(q);
    s.mountTmpfs("/new/old").succeeds();
    s.poll(own).is(CHANGED);
    s.poll(own).is("");
    s.mount("none", "/new/old", "", MS_REMOUNT, MS_BIND, MS_NODEV).succeeds();
    s.poll(own).is(CHANGED);
    s.move("/new/old", "/place").succeeds();
    s.poll(own).is(CHANGED);
    s.umount("/place").succeeds();
    s.poll(own).is(CHANGED);
    s.umount("/place").fails(Errno.EINVAL);
    s.bind("/missing", "/place").fails(Errno.ENOENT);
    s.poll(own).is("");
    q.poll(foreign).is("");
  }

  @Claim(
      id = "mounts-poll-tells-of-what-propagates",
      section = "DESCRIPTION",
      editions = "none",
      says = "Where a mount comes by propagation, or goes, who polls there is told as well",
      catches = "a kernel that tells only the namespace in which the call was made",
      userland = true)
  void whatPropagates(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor receiving = mounts(q);
    s.mountTmpfs("/new/old").succeeds();
    q.mountAt("/new/old").isThere();
    q.poll(receiving).is(CHANGED);
    q.poll(receiving).is("");
    s.umount("/new/old").succeeds();
    q.poll(receiving).is(CHANGED);
  }

  @Claim(
      id = "mounts-poll-tells-of-attributes",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A poll of /proc/PID/mounts is told once of attributes that mount_setattr(2) sets, of a whole"
              + " tree too, and not where that fails",
      catches = "a kernel that tells of what mount(2) changes alone",
      userland = true)
  @NotApplicable(before = "5.12", because = "mount_setattr(2) came with Linux 5.12")
  void attributes(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    if (s.mountSetattr("/", Attributes.set()).failedWith(Errno.ENOSYS)) {
      throw stage.notApplicable("mount_setattr(2)");
    }
    Descriptor own = mounts(s);
    s.mountSetattr("/new", Attributes.set(MountAttribute.MOUNT_ATTR_NODEV)).succeeds();
    s.poll(own).is(CHANGED);
    s.poll(own).is("");
    s.mountSetattr("/new", Attributes.set(MountAttribute.MOUNT_ATTR_NOEXEC), AtFlag.AT_RECURSIVE)
        .succeeds();
    s.poll(own).is(CHANGED);
    s.poll(own).is("");
    s.mountSetattr("/new", Attributes.set(MountAttribute.MOUNT_ATTR_NOATIME)).fails(Errno.EINVAL);
    s.poll(own).is("");
    s.createFile("/new/old/file");
    s.open("/new/old/file", OpenFlag.O_WRONLY).value();
    s.mountSetattr("/new", Attributes.set(MountAttribute.MOUNT_ATTR_RDONLY), AtFlag.AT_RECURSIVE)
        .fails(Errno.EBUSY);
    s.poll(own).is("");
  }

  @Claim(
      id = "mounts-shows-whether-one-can-write",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "In /proc/PID/mounts a mount is ro also where the file system is, in mountinfo where the mount"
              + " itself is",
      catches = "a kernel that calls writable what cannot be written to",
      userland = true)
  void whetherOneCanWrite(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    String[] first = {
      "sh", "-c", "busybox grep ' /new ' /proc/self/mounts | cut -d ' ' -f 4 | cut -c 1-2"
    };
    s.run(first).is(new Ran(0, "rw", ""));
    s.mount("none", "/copy", "", MS_REMOUNT, MS_RDONLY).succeeds();
    s.run(first).is(new Ran(0, "ro", ""));
    s.mountAt("/new").hasOptions("rw,relatime");
    s.mountAt("/copy").hasOptions("ro,relatime");
    s.mkdir("/new/made").fails(Errno.EROFS);
  }
}
