package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_EXPIRE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_FORCE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Unmounting what nobody has used since the last call. */
@Page("umount(2)")
class ExpireClaims {

  @Claim(
      id = "umount-expire-eagain-then-ok",
      section = "DESCRIPTION",
      says = "MNT_EXPIRE marks an idle mount and fails with EAGAIN; the second call unmounts it",
      catches = "a kernel that unmounts at the first call, or never")
  void eagainThenOk(Stage stage) {
    Task s = stage.task("S");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.mountAt("/new").isThere();
    s.umount("/new", MNT_EXPIRE).succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-expire-reset-by-access",
      section = "DESCRIPTION",
      says = "An access by any task takes the mark away",
      catches = "a kernel in which a mark, once set, stays")
  void resetByAccess(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    p.stat("/new/old").value();
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE).succeeds();
  }

  @Claim(
      id = "umount-expire-marks-one-mount",
      section = "DESCRIPTION",
      says = "The mark is the mount's own: another mount of the same file system does not have it",
      catches = "a kernel that marks the file system")
  void marksOneMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/other");
    s.bind("/new", "/other");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/other", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE).succeeds();
    s.umount("/other", MNT_EXPIRE).succeeds();
  }

  @Claim(
      id = "umount-expire-busy",
      section = "DESCRIPTION",
      says = "A mount in use is not marked: MNT_EXPIRE fails with EBUSY",
      catches = "a kernel that marks what is in use, or unmounts it at the second call")
  void busy(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chdir("/new/old");
    s.umount("/new", MNT_EXPIRE).fails(EBUSY);
    s.umount("/new", MNT_EXPIRE).fails(EBUSY);
    p.chdir("/");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE).succeeds();
  }

  @Claim(
      id = "umount-expire-busy-submount",
      section = "DESCRIPTION",
      says = "A mount with something mounted in it counts as in use for MNT_EXPIRE",
      catches = "a kernel that expires a mount together with what is in it")
  void busySubmount(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.umount("/new", MNT_EXPIRE).fails(EBUSY);
    s.umount("/new/old", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new/old", MNT_EXPIRE).succeeds();
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE).succeeds();
  }

  @Claim(
      id = "umount-expire-busy-after-mark",
      section = "DESCRIPTION",
      says = "A marked mount that came into use is not unmounted by the second call",
      catches = "a kernel that trusts the mark alone")
  void busyAfterMark(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    p.chdir("/new");
    s.umount("/new", MNT_EXPIRE).fails(EBUSY);
    p.chdir("/");
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
  }

  @Claim(
      id = "umount-expire-with-detach-einval",
      section = "ERRORS",
      says = "MNT_EXPIRE together with MNT_DETACH is EINVAL, and marks nothing",
      catches = "a kernel that obeys one of the two")
  void withDetach(Stage stage) {
    Task s = stage.task("S");
    s.umount("/new", MNT_EXPIRE, MNT_DETACH).fails(EINVAL);
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE, MNT_DETACH).fails(EINVAL);
    s.umount("/new", MNT_DETACH).succeeds();
  }

  @Claim(
      id = "umount-expire-with-force-einval",
      section = "ERRORS",
      says = "MNT_EXPIRE together with MNT_FORCE is EINVAL, and marks nothing",
      catches = "a kernel that obeys one of the two")
  void withForce(Stage stage) {
    Task s = stage.task("S");
    s.umount("/new", MNT_EXPIRE, MNT_FORCE).fails(EINVAL);
    s.umount("/new", MNT_EXPIRE).fails(EAGAIN);
    s.umount("/new", MNT_EXPIRE, MNT_FORCE).fails(EINVAL);
    s.umount("/new", MNT_FORCE).succeeds();
  }

  @Claim(
      id = "umount-expire-own-root-einval",
      section = "DESCRIPTION",
      says = "The caller's root mount cannot be expired: EINVAL",
      catches = "a kernel that treats the root as any other busy mount",
      editions = "none")
  void ownRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    p.umount("/", MNT_EXPIRE).fails(EINVAL);
    s.umount("/new", MNT_EXPIRE).fails(EBUSY); // the same mount, whose root it is not
  }
}
