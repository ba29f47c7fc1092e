package org.pivotroot.tck.suites.rootfs;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;

/** The file system that the kernel begins with. */
@Page("ramfs-rootfs-initramfs(kernel)")
class RootfsClaims {
  private static final String SEVEN =
      "Since Linux 7.0 the rootfs is mounted on an empty, immutable nullfs and is a mount like any"
          + " other (merge c84bb79f70c6)";

  @Claim(
      id = "rootfs-is-ramfs-or-tmpfs",
      section = "What is rootfs?",
      says = "rootfs is an instance of ramfs, or of tmpfs, and always there",
      catches = "a kernel that begins with another file system",
      editions = "none",
      in = Placement.INITRAMFS)
  void kind(Stage stage) {
    Task s = stage.task("S");
    Mount root = s.mountAt("/").value();
    stage.check(root.type().equals("rootfs"), () -> "the first mount is " + root.type());
    stage.check(root.root().equals("/"), "it is not the whole file system");
    // Kept in memory, without a device: the major number of file systems without one is 0.
    stage.check(FileId.major(root.device()) == 0, "it is on a device");
    s.createFile("/file").succeeds();
    stage.check(s.stat("/file").value().device() == root.device(), "files go to another device");
  }

  @Claim(
      id = "rootfs-is-the-bottom",
      section = "What is rootfs?",
      says = "rootfs is what everything else is mounted on: it has no parent",
      catches = "a kernel that has something beneath it",
      editions = "none",
      in = Placement.INITRAMFS)
  @Contradicted(from = "7.0", because = SEVEN)
  void bottom(Stage stage) {
    Mount root = stage.task("S").mountAt("/").value();
    stage.check(root.parent() == root.id(), "the rootfs is mounted on another mount");
  }

  @Claim(
      id = "rootfs-cannot-be-unmounted",
      section = "What is rootfs?",
      says = "rootfs cannot be unmounted, not even lazily",
      catches = "a kernel that leaves its tasks without a root",
      editions = "none",
      in = Placement.INITRAMFS)
  @Contradicted(from = "7.0", because = SEVEN)
  void cannotBeUnmounted(Stage stage) {
    Task s = stage.task("S");
    s.umount("/", MNT_DETACH).fails(EINVAL);
    stage.check(s.mountAt("/").value().type().equals("rootfs"), "the rootfs is gone");
  }

  @Claim(
      id = "pivot-not-possible-on-rootfs",
      section = "What is initramfs?",
      says = "pivot_root(2) does not work on rootfs",
      catches = "a kernel that moves the bottom of the tree",
      editions = "none",
      in = Placement.INITRAMFS)
  @Contradicted(from = "7.0", because = SEVEN)
  void noPivot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mnt/root");
    s.mkdir("/mnt/root/old");
    s.pivotRoot("/mnt/root", "/mnt/root/old").fails(EINVAL);
  }

  @Claim(
      id = "rootfs-can-be-mounted-over",
      section = "What is initramfs?",
      says = "Instead, the new root is moved over rootfs and entered with chroot(2)",
      catches = "a kernel in which the advised way does not lead to the new root",
      editions = "none",
      in = Placement.INITRAMFS)
  void mountedOver(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mnt/root");
    FileId rootfs = s.stat("/").value();
    FileId newRoot = s.stat("/mnt/root").value();
    s.chdir("/mnt/root");
    s.move(".", "/").succeeds();
    s.chroot(".").succeeds();
    s.chdir("/").succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    s.stat("/..").is(newRoot);
    s.mountAt("/").isMount(newRoot.mount()).isOn(rootfs.mount());
  }

  @Claim(
      id = "nullfs-beneath-rootfs",
      section = "What is rootfs?",
      says =
          "An empty file system lies beneath rootfs: the rootfs is mount 2, and hangs on mount 1",
      catches = "a kernel that shows the mount beneath, or has none",
      editions = "none",
      in = Placement.INITRAMFS)
  @NotApplicable(
      before = "7.0",
      because = "There was nothing beneath the rootfs before merge c84bb79f70c6")
  void nullfs(Stage stage) {
    Task s = stage.task("S");
    Mount root = s.mountAt("/").value();
    if (root.parent() == root.id()) {
      throw stage.notApplicable("a mount beneath the rootfs");
    }
    stage.check(root.id() == 2, () -> "the rootfs is mount " + root.id());
    stage.check(root.parent() == 1, () -> "it hangs on mount " + root.parent());
    stage.check(s.tree().value().withId(1).isEmpty(), "the mount beneath is in the mount table");
  }

  @Claim(
      id = "nullfs-is-empty-and-immutable",
      section = "What is rootfs?",
      says = "The file system beneath holds nothing, and nothing can be made in it",
      catches = "a kernel that leaves a writable place where no table shows it",
      editions = "none",
      in = Placement.INITRAMFS)
  @NotApplicable(
      before = "7.0",
      because = "There was nothing beneath the rootfs before merge c84bb79f70c6")
  void nullfsIsEmpty(Stage stage) {
    Task s = stage.task("S");
    Mount root = s.mountAt("/").value();
    if (root.parent() == root.id()) {
      throw stage.notApplicable("a mount beneath the rootfs");
    }
    Descriptor namespace = s.mountNamespace().value();
    s.umount("/", MNT_DETACH).succeeds();
    s.setns(namespace, CLONE_NEWNS).succeeds();
    Mount bottom = s.mountInTreeAt("/").value();
    stage.check(bottom.type().equals("nullfs"), () -> "what lay beneath is " + bottom.type());
    stage.check(bottom.id() == root.parent(), "it is not what the rootfs was mounted on");
    stage.check(bottom.parent() == bottom.id(), "it has a parent");
    String mkdir = s.mkdir("/directory").verdict();
    String create = s.createFile("/file").verdict();
    stage.fact("mkdir", mkdir);
    stage.fact("mknod", create);
    stage.check(!mkdir.equals("success") && !create.equals("success"), "it is not immutable");
    s.umount("/", MNT_DETACH).fails(EINVAL);
    for (String name : new String[] {"/init", "/proc", "/dev", "/root", "/usr", "/etc"}) {
      s.stat(name).fails(ENOENT);
    }
    s.symlink("/x", "/link").fails();
    s.stat("/..").is(s.stat("/").value());
    s.root().is(s.stat("/").value());
    s.mountTmpfs("/").succeeds();
    s.setns(namespace, CLONE_NEWNS).succeeds();
    s.mkdir("/directory").succeeds();
  }
}
