package org.pivotroot.tck.suites.chroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** Who may call chroot(2). */
@Page("chroot(2)")
class PrivilegeClaims {

  @Claim(
      id = "needs-cap-sys-chroot",
      section = "ERRORS",
      says = "Without CAP_SYS_CHROOT the call fails with EPERM, whatever the user id",
      catches = "a kernel that asks for user id 0 or for CAP_SYS_ADMIN instead")
  void needsCapSysChroot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    Task p = stage.task("P");
    p.drop(Capability.CAP_SYS_CHROOT);
    p.chroot("/jail").fails(Errno.EPERM);
    p.chroot("/").fails(Errno.EPERM);
    s.chroot("/jail").succeeds();
    s.root().is(jail);
  }

  @Claim(
      id = "cap-sys-chroot-suffices",
      section = "DESCRIPTION",
      says = "CAP_SYS_CHROOT is all it takes: no other capability and no user id 0",
      catches = "a kernel that asks for user id 0 or for CAP_SYS_ADMIN besides")
  void capSysChrootSuffices(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    Task with = stage.task("WITH");
    with.keepCapabilities();
    with.setresuid(1000);
    Task without = with.fork("WITHOUT");
    with.keepOnly(Capability.CAP_SYS_CHROOT);
    without.keepOnly();
    with.chroot("/jail").succeeds();
    with.root().is(jail);
    without.chroot("/jail").fails(Errno.EPERM);
  }

  @Claim(
      id = "cap-in-own-user-namespace-suffices",
      section = "DESCRIPTION",
      says =
          "The capability counts in the caller's own user namespace: a user who may do nothing"
              + " outside may call chroot there",
      catches = "a kernel that asks for the capability in the initial user namespace",
      userland = true)
  void capInOwnUserNamespaceSuffices(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    Task outside = stage.task("OUTSIDE");
    outside.setresuid(1000);
    outside.chroot("/jail").fails(Errno.EPERM);
    Task inside =
        s.process(
            "INSIDE",
            "setpriv",
            "--reuid=1000",
            "--regid=1000",
            "--clear-groups",
            "unshare",
            "--user",
            "--map-root-user");
    inside.chroot("/jail").succeeds();
    inside.root().is(jail);
  }

  @Claim(
      id = "cap-dropped-in-own-user-namespace",
      section = "DESCRIPTION",
      says = "In a user namespace of its own, too, a task without the capability is refused",
      catches = "a kernel that looks at the owner of the user namespace only",
      userland = true)
  void capDroppedInOwnUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task inside = s.process("INSIDE", "unshare", "--user", "--map-root-user");
    inside.chroot("/jail").succeeds();
    inside.drop(Capability.CAP_SYS_CHROOT);
    inside.chroot("/").fails(Errno.EPERM);
  }
}
