package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/** CAP_SYS_ADMIN in the user namespace that owns the mount namespace. */
@Page("pivot_root(2)")
class PrivilegeClaims {

  @Claim(
      id = "no-cap-sys-admin",
      section = "ERRORS",
      says =
          "A task without CAP_SYS_ADMIN is refused with EPERM, user 0 or not; another thread of"
              + " its process that has it is not",
      catches = "a kernel that asks for the user ID, or for the process's capabilities")
  void noCapSysAdmin(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.drop(Capability.CAP_SYS_ADMIN);
    s.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    p.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "cap-sys-admin-must-be-effective",
      section = "ERRORS",
      says = "CAP_SYS_ADMIN that is permitted but not effective is not enough: EPERM",
      catches = "a kernel that looks at the permitted set")
  void capSysAdminMustBeEffective(Stage stage) {
    Task s = stage.task("S");
    s.lower(Capability.CAP_SYS_ADMIN);
    s.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    s.raise(Capability.CAP_SYS_ADMIN);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "cap-sys-chroot-is-not-asked-for",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "CAP_SYS_ADMIN alone is required: the call works without CAP_SYS_CHROOT",
      catches = "a kernel that treats the change of root as a chroot(2)")
  void capSysChrootIsNotAskedFor(Stage stage) {
    Task s = stage.task("S");
    s.drop(Capability.CAP_SYS_CHROOT, Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    s.chroot("/new").fails(Errno.EPERM);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "ordinary-user",
      section = "ERRORS",
      says = "A task of an ordinary user is refused with EPERM",
      catches = "a kernel that lets the owner of the directories pivot")
  void ordinaryUser(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.setresuid(1000);
    s.stat("/new/old").succeeds();
    s.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    p.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "cap-in-owning-user-namespace",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "An ordinary user may pivot in a mount namespace that belongs to a user namespace of"
              + " its own; the namespace it came from is not changed",
      catches = "a kernel that asks for CAP_SYS_ADMIN in the initial user namespace",
      userland = true)
  void capInOwningUserNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    FileId outside = s.stat("/").value();
    Task p = stage.task("P");
    p.setresuid(1000);
    p.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    Task u = p.lessPrivileged("U");
    // A whole copy of the root, so that the process finds its files in the new one.
    u.bind("/", "/new", MountFlag.MS_REC);
    FileId root = u.stat("/").value();
    FileId next = u.stat("/new").value();
    u.pivotRoot("/new", "/new/place").succeeds();
    u.root().is(next);
    u.stat("/place").is(root);
    s.root().is(outside);
    p.root().is(outside);
  }

  @Claim(
      id = "cap-dropped-in-owning-user-namespace",
      section = "ERRORS",
      editions = "5.03+",
      says = "In the owning user namespace too, a task without CAP_SYS_ADMIN is refused with EPERM",
      catches = "a kernel that lets the owner of a user namespace do everything in it",
      userland = true)
  void capDroppedInOwningUserNamespace(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    u.bind("/new", "/new");
    u.lower(Capability.CAP_SYS_ADMIN);
    u.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    u.raise(Capability.CAP_SYS_ADMIN);
    u.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "cap-in-child-user-namespace-only",
      section = "DESCRIPTION",
      editions = "5.03+",
      says =
          "CAP_SYS_ADMIN in a user namespace that does not own the mount namespace is not enough:"
              + " EPERM until the task has a mount namespace of its own",
      catches = "a kernel that asks for CAP_SYS_ADMIN in the caller's own user namespace",
      userland = true)
  void capInChildUserNamespaceOnly(Stage stage) {
    Task s = stage.task("S");
    Task u = s.process("U", "unshare", "--user", "--map-root-user");
    u.pivotRoot("/new", "/new/old").fails(Errno.EPERM);
    u.unshare(CloneFlag.CLONE_NEWNS);
    u.bind("/new", "/new");
    u.pivotRoot("/new", "/new/old").succeeds();
  }
}
