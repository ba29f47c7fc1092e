package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_EXPIRE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_FORCE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** The mount that everything else is mounted on. */
@Page("umount(2)")
class RootfsUmountClaims {

  @Claim(
      id = "rootfs-umount-refused",
      section = "ERRORS",
      says = "The rootfs that the kernel mounted at boot is EINVAL, busy or not, lazily or not",
      catches = "a kernel in which the mount at the bottom of the tree can be unmounted",
      editions = "none",
      in = Placement.INITRAMFS)
  @Contradicted(
      from = "7.0",
      because =
          "The rootfs lies on an empty, immutable nullfs and is a mount like any other: not locked,"
              + " but busy (merge c84bb79f70c6)")
  void refused(Stage stage) {
    Task s = stage.task("S");
    // A task whose own root is elsewhere, so that the rule for the caller's root does not apply.
    Task p = stage.task("P");
    p.newTmpfs("/mnt/root");
    p.chroot("/mnt/root");
    p.cwd().is(s.root().value());
    stage.fact("MNT_EXPIRE", p.umount(".", MNT_EXPIRE).verdict());
    p.umount(".").fails(EINVAL);
    p.umount(".", MNT_FORCE).fails(EINVAL);
    p.umount(".", MNT_DETACH).fails(EINVAL);
  }

  @Claim(
      id = "rootfs-umount-as-own-root-refused",
      section = "ERRORS",
      says = "The rootfs is refused with EINVAL even where it is the caller's root",
      catches = "a kernel that makes the rootfs read-only instead, as it does other roots",
      editions = "none",
      in = Placement.INITRAMFS)
  @Contradicted(
      from = "6.17",
      because =
          "A mount without a parent is not marked as locked any more; that it has none is asked"
              + " only after the rule that makes the caller's root read-only and returns success."
              + " Since 7.0 the rootfs has a parent")
  void ownRoot(Stage stage) {
    Task s = stage.task("S");
    s.umount("/").fails(EINVAL);
    s.createFile("/file").succeeds();
  }
}
