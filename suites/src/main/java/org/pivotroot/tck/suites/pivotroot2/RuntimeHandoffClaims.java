package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** The calls by which container runtimes and service managers enter a root file system. */
@Page("pivot_root(2)")
class RuntimeHandoffClaims {
  private static final String ROOTFS_WITHOUT_PARENT =
      "the root mount of a namespace copied from a system that runs on its initramfs is a copy of"
          + " the rootfs, which has no parent before Linux 7.0; pivot_root refuses it with EINVAL";

  /** A container's task in a namespace of its own, and its root file system, bound to itself. */
  private static Task container(Stage stage) {
    Task host = stage.task("H");
    host.mkdir("/bundle");
    host.mkdir("/bundle/rootfs");
    host.createFile("/bundle/rootfs/inside");
    Task c = stage.taskInOtherNamespace("C");
    c.mount("none", "/", "", MountFlag.MS_REC, MountFlag.MS_SLAVE);
    c.bind("/bundle/rootfs", "/bundle/rootfs", MountFlag.MS_REC);
    return c;
  }

  /** The container has its root file system and nothing else, and the host does not notice. */
  private static void isInside(Task c, FileId rootfs) {
    c.root().is(rootfs);
    c.cwd().is(rootfs);
    c.stat("/").is(rootfs);
    c.stat("/..").is(rootfs);
    c.stat("/inside").succeeds();
    c.stat("/bundle").fails(Errno.ENOENT);
    c.mountAt("/").isMount(rootfs.mount());
    c.drawing().is("/ root:/bundle/rootfs");
  }

  private static void runc(Stage stage) {
    Task c = container(stage);
    Descriptor oldRoot = c.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    Descriptor newRoot = c.open("/bundle/rootfs", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    FileId rootfs = c.stat(newRoot).value();
    c.fchdir(newRoot);
    c.pivotRoot(".", ".").succeeds();
    c.fchdir(oldRoot);
    // So that unmounting does not reach the host, whose mounts these were.
    c.mount("", ".", "", MountFlag.MS_SLAVE, MountFlag.MS_REC).succeeds();
    c.umount(".", UmountFlag.MNT_DETACH).succeeds();
    c.chdir("/");
    isInside(c, rootfs);
  }

  @Claim(
      id = "runc-handoff",
      section = "NOTES",
      says =
          "The sequence of runc and crun works: both roots held by descriptors, pivot_root of . to"
              + " ., back to the old root, made a slave and detached",
      editions = "5.03+",
      catches = "a kernel on which fchdir to the stacked old root does not lead to it")
  void runcHandoff(Stage stage) {
    runc(stage);
  }

  @Claim(
      id = "runc-handoff-on-root",
      section = "NOTES",
      says = "The sequence of runc and crun works from the initial namespace's root mount",
      editions = "none",
      in = Placement.ROOT,
      catches = "a kernel that only lets namespaces pivot which are copies of copies")
  void runcHandoffOnRoot(Stage stage) {
    runc(stage);
  }

  @Claim(
      id = "runc-handoff-on-initramfs",
      section = "NOTES",
      says = "The sequence of runc and crun works on a host that runs on its initramfs",
      editions = "none",
      in = Placement.INITRAMFS,
      catches = "a kernel on which containers need --no-pivot there")
  @Contradicted(before = "7.0", because = ROOTFS_WITHOUT_PARENT)
  void runcHandoffOnInitramfs(Stage stage) {
    runc(stage);
  }

  @Claim(
      id = "runc-no-pivot-handoff-on-initramfs",
      section = "NOTES",
      says =
          "What runc does instead with --no-pivot, MS_MOVE of the root file system over / and"
              + " chroot, works on a host that runs on its initramfs",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      catches = "a kernel that cannot overmount the rootfs of a copied namespace")
  void runcNoPivotHandoffOnInitramfs(Stage stage) {
    Task c = container(stage);
    FileId rootfs = c.stat("/bundle/rootfs").value();
    c.chdir("/bundle/rootfs");
    c.move(".", "/").succeeds();
    c.chroot(".").succeeds();
    c.chdir("/").succeeds();
    c.root().is(rootfs);
    c.cwd().is(rootfs);
    c.stat("/inside").succeeds();
    c.stat("/bundle").fails(Errno.ENOENT);
  }

  private static void bubblewrap(Stage stage, Task u) {
    FileId inside = u.stat("/bundle/rootfs/inside").value();
    // First pivot: to an empty tmpfs in which the sandbox is put together.
    u.mount("", "/", "", MountFlag.MS_SLAVE, MountFlag.MS_REC);
    u.mount("tmpfs", "/base", "tmpfs", MountFlag.MS_NOSUID);
    u.chdir("/base");
    u.mkdir("newroot");
    u.bind("newroot", "newroot", MountFlag.MS_REC);
    u.mkdir("oldroot");
    FileId base = u.stat("/base").value();
    u.pivotRoot("/base", "oldroot").succeeds();
    u.chdir("/").succeeds();
    u.root().is(base);
    u.stat("/oldroot/bundle/rootfs/inside").is(inside);
    u.bind("/oldroot/bundle/rootfs", "/newroot", MountFlag.MS_REC).succeeds();
    FileId newRoot = u.stat("/newroot").value();
    u.mount("oldroot", "oldroot", "", MountFlag.MS_REC, MountFlag.MS_PRIVATE).succeeds();
    u.umount("oldroot", UmountFlag.MNT_DETACH).succeeds();
    // Second pivot: to the sandbox, and the tmpfs is dropped.
    Descriptor temporary = u.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    u.chdir("/newroot");
    u.pivotRoot(".", ".").succeeds();
    u.fchdir(temporary);
    u.umount(".", UmountFlag.MNT_DETACH).succeeds();
    u.chdir("/");
    u.stat("/").is(newRoot);
    u.stat("/inside").succeeds();
    u.stat("/base").fails(Errno.ENOENT);
    // Beneath the bind mount of the sandbox lies the mount that newroot was bound to.
    u.mountAt("/").isMount(newRoot.mount());
    stage.check(
        u.mounts().value().withId(base.mount()).isEmpty(), "the temporary tmpfs is still there");
  }

  @Claim(
      id = "bubblewrap-handoff",
      section = "NOTES",
      says =
          "The sequence of bubblewrap works: pivot to a temporary tmpfs, detach the old root, and"
              + " pivot again from there to the sandbox",
      editions = "5.03+",
      catches = "a kernel that cannot pivot twice, or from a root that a pivot made")
  void bubblewrapHandoff(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/base");
    s.mkdir("/bundle");
    s.mkdir("/bundle/rootfs");
    s.createFile("/bundle/rootfs/inside");
    bubblewrap(stage, stage.taskInOtherNamespace("U"));
  }

  @Claim(
      id = "bubblewrap-handoff-in-user-namespace",
      section = "NOTES",
      says =
          "The sequence of bubblewrap works in a user namespace, where the old mounts are locked",
      editions = "none",
      userland = true,
      catches = "a kernel that refuses to pivot away a locked root, or to detach it whole")
  void bubblewrapHandoffInUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/base");
    s.mkdir("/bundle");
    s.mkdir("/bundle/rootfs");
    s.createFile("/bundle/rootfs/inside");
    Task u = s.lessPrivileged("U");
    bubblewrap(stage, u);
  }

  @Claim(
      id = "bubblewrap-handoff-on-initramfs",
      section = "NOTES",
      says = "The sequence of bubblewrap works on a host that runs on its initramfs",
      editions = "none",
      in = Placement.INITRAMFS,
      catches = "a kernel on which there is no sandbox until the initramfs has been left")
  @Contradicted(before = "7.0", because = ROOTFS_WITHOUT_PARENT)
  void bubblewrapHandoffOnInitramfs(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/base");
    s.mkdir("/bundle");
    s.mkdir("/bundle/rootfs");
    s.createFile("/bundle/rootfs/inside");
    bubblewrap(stage, stage.taskInOtherNamespace("U"));
  }

  /** Tries to pivot, and moves the mount over the root where that is refused. */
  private static void systemd(Stage stage, String factName) {
    Task c = container(stage);
    FileId rootfs = c.stat("/bundle/rootfs").value();
    c.chdir("/bundle/rootfs");
    Outcome<Void> pivot = c.pivotRoot(".", ".");
    stage.fact(factName, pivot.verdict());
    if (pivot.failedWith(Errno.EINVAL)) {
      c.move(".", "/").succeeds();
      c.chroot(".").succeeds();
    } else {
      pivot.succeeds();
      c.umount(".", UmountFlag.MNT_DETACH).succeeds();
    }
    c.chdir("/").succeeds();
    c.root().is(rootfs);
    c.cwd().is(rootfs);
    c.stat("/").is(rootfs);
    c.stat("/inside").succeeds();
    c.stat("/bundle").fails(Errno.ENOENT);
    c.mountAt("/").isMount(rootfs.mount());
    stage.check(
        c.mounts().value().mounts().size() == 1, "from the new root other mounts are to be seen");
  }

  @Claim(
      id = "systemd-handoff",
      section = "NOTES",
      says =
          "The sequence of systemd works: pivot_root, or, where that is refused with EINVAL, a move"
              + " of the new root over the old one and chroot",
      editions = "5.03+",
      catches = "a kernel on which neither way leads to the new root")
  void systemdHandoff(Stage stage) {
    systemd(stage, "pivot_root");
  }

  @Claim(
      id = "systemd-handoff-on-root",
      section = "NOTES",
      says = "The sequence of systemd works from the initial namespace's root mount",
      editions = "none",
      in = Placement.ROOT,
      catches = "a kernel on which neither way leads to the new root")
  void systemdHandoffOnRoot(Stage stage) {
    systemd(stage, "pivot_root");
  }

  @Claim(
      id = "systemd-handoff-on-initramfs",
      section = "NOTES",
      says = "The sequence of systemd works on a host that runs on its initramfs, one way or other",
      editions = "none",
      in = Placement.INITRAMFS,
      catches = "a kernel that refuses the rootfs with another error than EINVAL: no fallback then")
  void systemdHandoffOnInitramfs(Stage stage) {
    systemd(stage, "pivot_root");
  }

  @Claim(
      id = "lxc-handoff",
      section = "NOTES",
      says =
          "The sequence of LXC works: like that of runc, but entering the new root by its own"
              + " descriptor once the old one is detached",
      editions = "5.03+",
      catches = "a kernel on which a descriptor of the new root goes stale")
  void lxcHandoff(Stage stage) {
    Task c = container(stage);
    Descriptor oldRoot = c.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    Descriptor newRoot = c.open("/bundle/rootfs", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    FileId rootfs = c.stat(newRoot).value();
    c.fchdir(newRoot);
    c.pivotRoot(".", ".").succeeds();
    c.fchdir(oldRoot);
    c.mount("", ".", "", MountFlag.MS_SLAVE, MountFlag.MS_REC).succeeds();
    c.umount(".", UmountFlag.MNT_DETACH).succeeds();
    c.fchdir(newRoot).succeeds();
    c.getcwd().is("/");
    isInside(c, rootfs);
  }

  @Claim(
      id = "put-old-handoff",
      section = "EXAMPLES",
      says =
          "The sequence with a directory for the old root, as older runtimes have it, works: pivot,"
              + " chdir, make the old root private, detach it, remove the directory",
      editions = "none",
      catches = "a kernel on which the directory stays busy")
  void putOldHandoff(Stage stage) {
    Task c = container(stage);
    FileId rootfs = c.stat("/bundle/rootfs").value();
    c.mkdir("/bundle/rootfs/.old");
    c.chdir("/bundle/rootfs");
    c.pivotRoot(".", ".old").succeeds();
    c.chdir("/").succeeds();
    c.mount("", "/.old", "", MountFlag.MS_PRIVATE, MountFlag.MS_REC).succeeds();
    c.umount("/.old", UmountFlag.MNT_DETACH).succeeds();
    c.rmdir("/.old").succeeds();
    isInside(c, rootfs);
  }
}
