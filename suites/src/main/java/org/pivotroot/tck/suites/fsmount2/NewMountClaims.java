package org.pivotroot.tck.suites.fsmount2;

import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NOATIME;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NODEV;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_RDONLY;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_STRICTATIME;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** fsopen(2), fsconfig(2) and fsmount(2): a mount made in steps. */
@Page("fsmount(2)")
class NewMountClaims {

  @Claim(
      id = "fsmount-then-move-mount",
      section = "DESCRIPTION",
      says = "The mount is in no table until it is attached, then of the type and private",
      catches = "a kernel that attaches it at once, or loses it")
  void attached(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    MountTable before = s.tree().value();
    Descriptor mount = s.newDetachedTmpfs();
    s.tree().is(before);
    FileId top = s.stat(mount).value();
    s.moveMount(mount, "/place").succeeds();
    s.stat("/place").is(top);
    stage.check(s.mountAt("/place").isPrivate().value().type().equals("tmpfs"), "another type");
    s.mkdir("/place/a").succeeds();
  }

  @Claim(
      id = "fsmount-is-new-root",
      section = "DESCRIPTION",
      says = "A mount made in steps and attached can be the new root",
      catches = "a kernel that takes it for a mount of no namespace still")
  void newRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    FileId root = s.stat("/").value();
    Descriptor mount = s.newDetachedTmpfs();
    FileId next = s.stat(mount).value();
    s.fchdir(mount);
    s.mkdir("old");
    s.pivotRoot(".", "old").fails(Errno.EINVAL);
    s.moveMount(mount, "/place");
    s.pivotRoot(".", "old").succeeds();
    s.root().is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "fsmount-attributes",
      section = "DESCRIPTION",
      says = "Its attributes are of the mount alone: a bind made writable can be written to",
      catches = "a kernel that makes the file system read-only, or ignores the attributes")
  void attributes(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    Descriptor mount = s.fsmount(context, MOUNT_ATTR_RDONLY, MOUNT_ATTR_NODEV).value();
    s.moveMount(mount, "/place");
    s.mountAt("/place").hasOptions("ro,nodev,relatime");
    s.mkdir("/place/a").fails(Errno.EROFS);
  }

  @Claim(
      id = "fsmount-parameters",
      section = "DESCRIPTION",
      says = "What fsconfig(2) set holds for the file system; a parameter it has not is EINVAL",
      catches = "a kernel that forgets the parameters, or takes any")
  void parameters(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigSet(context, "no-such-parameter", "1").fails(Errno.EINVAL);
    s.fsconfigSet(context, "nr_inodes", "2").succeeds();
    s.fsconfigCreate(context).succeeds();
    Descriptor mount = s.fsmount(context).value();
    s.moveMount(mount, "/place");
    s.mkdir("/place/a").succeeds();
    s.mkdir("/place/b").fails(Errno.ENOSPC);
  }

  @Claim(
      id = "fsmount-in-order",
      section = "ERRORS",
      says = "Before the file system is made it is EINVAL, a second time EBUSY",
      catches = "a kernel that mounts what is not there, or makes two mounts of one context")
  void inOrder(Stage stage) {
    Task s = stage.task("S");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsmount(context).fails(Errno.EINVAL);
    s.fsconfigCreate(context).succeeds();
    s.fsmount(context).succeeds();
    s.fsmount(context).fails(Errno.EBUSY);
  }

  @Claim(
      id = "fsopen-errors",
      section = "ERRORS",
      says = "A file system type that there is none of is ENODEV; without CAP_SYS_ADMIN, EPERM",
      catches = "a kernel that lets everybody make file systems, or says EINVAL")
  void errors(Stage stage) {
    Task s = stage.task("S");
    s.fsopen("no-such-type").fails(Errno.ENODEV);
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.fsopen("tmpfs").fails(Errno.EPERM);
    q.fsmount(context).fails(Errno.EPERM);
    s.fsmount(context).succeeds();
  }

  @Claim(
      id = "fsmount-in-less-privileged-namespace",
      section = "NOTES",
      says = "A tmpfs made in steps in a less privileged namespace is not locked",
      catches = "a kernel that locks what the namespace made itself, or refuses to make it",
      userland = true)
  void lessPrivileged(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    Descriptor mount = u.newDetachedTmpfs();
    u.mkdir("/place");
    u.moveMount(mount, "/place").succeeds();
    u.close(mount);
    u.mkdir("/place/old");
    u.pivotRoot("/place", "/place/old").succeeds();
  }

  @Claim(
      id = "fsmount-ends-with-its-descriptor",
      section = "NOTES",
      editions = "none",
      says =
          "A mount that was never attached ends with its descriptor, and its file system with it; one"
              + " that was attached stays",
      catches = "a kernel that leaves file systems which nobody can reach")
  void ends(Stage stage) {
    Task s = stage.task("S");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    Descriptor mount = s.fsmount(context).value();
    s.close(context);
    s.fchdir(mount);
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, ".");
    s.chdir("/");
    s.close(mount).succeeds();
    s.seesEndOfFileSystem(inotify);
    Descriptor other = s.newDetachedTmpfs();
    FileId top = s.stat(other).value();
    s.moveMount(other, "/new/old").succeeds();
    s.close(other).succeeds();
    s.stat("/new/old").is(top);
  }

  @Claim(
      id = "fsmount-access-times",
      section = "DESCRIPTION",
      says =
          "MOUNT_ATTR_NOATIME and MOUNT_ATTR_STRICTATIME are what they are elsewhere, relatime is what"
              + " there is without them, and both together are EINVAL",
      catches = "a kernel that makes all new mounts relatime")
  void accessTimes(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/b");
    s.mkdir("/c");
    s.moveMount(tmpfs(s, MOUNT_ATTR_NOATIME), "/a").succeeds();
    s.mountAt("/a").hasOptions("rw,noatime");
    s.moveMount(tmpfs(s, MOUNT_ATTR_STRICTATIME), "/b").succeeds();
    s.mountAt("/b").hasOptions("rw");
    s.moveMount(tmpfs(s), "/c").succeeds();
    s.mountAt("/c").hasOptions("rw,relatime");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    s.fsmount(context, MOUNT_ATTR_NOATIME, MOUNT_ATTR_STRICTATIME).fails(Errno.EINVAL);
    s.fsmount(context, MOUNT_ATTR_NOATIME).succeeds();
  }

  private static Descriptor tmpfs(Task s, MountAttribute... attributes) {
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    return s.fsmount(context, attributes).value();
  }

  @Claim(
      id = "fsmount-namespace",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "FSMOUNT_NAMESPACE makes a mount namespace in which the new mount is all there is to see, for"
              + " who has CAP_SYS_ADMIN: else EPERM",
      catches = "a kernel that gives namespaces to everybody, or one with more in it")
  @NotApplicable(before = "7.1", because = "FSMOUNT_NAMESPACE came with Linux 7.1")
  void namespace(Stage stage) {
    Task s = stage.task("S");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    Descriptor other = s.fsopen("tmpfs").value();
    s.fsconfigCreate(other);
    MountTable before = s.tree().value();
    Outcome<Descriptor> made = s.fsmountNamespace(context);
    if (made.failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("FSMOUNT_NAMESPACE");
    }
    Descriptor namespace = made.succeeds().value();
    s.tree().is(before);
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.fsmountNamespace(other).fails(Errno.EPERM);
    s.fsmountNamespace(other).succeeds();
    s.setnsMount(namespace).succeeds();
    s.getcwd().is("/");
    s.mountAt("/").isFileSystem("tmpfs").isPrivate();
    s.drawing().is("/");
    s.mkdir("/made").succeeds();
  }
}
