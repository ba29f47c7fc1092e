package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.harness.task.Errno.EINVAL;
import static org.pivotroot.tck.harness.task.Flags.MNT_DETACH;
import static org.pivotroot.tck.harness.task.Flags.MNT_EXPIRE;
import static org.pivotroot.tck.harness.task.Flags.MNT_FORCE;

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
      says = "The rootfs that the kernel mounted at boot is locked: EINVAL, before it can be busy",
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
    p.mkdir("/mnt/root");
    p.mountTmpfs("/mnt/root");
    p.chroot("/mnt/root");
    p.cwd().is(s.root().value());
    String plain = p.umount(".").verdict();
    String expire = p.umount(".", MNT_EXPIRE).verdict();
    stage.fact("plain", plain);
    stage.fact("MNT_EXPIRE", expire);
    p.umount(".").fails(EINVAL);
    p.umount(".", MNT_EXPIRE).fails(EINVAL);
    p.umount(".", MNT_FORCE).fails(EINVAL);
    p.umount(".", MNT_DETACH).fails(EINVAL);
    s.umount("/").fails(EINVAL);
  }
}
