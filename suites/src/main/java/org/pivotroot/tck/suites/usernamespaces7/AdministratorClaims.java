package org.pivotroot.tck.suites.usernamespaces7;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;

/** What CAP_SYS_ADMIN in a user namespace allows to mount. */
@Page("user_namespaces(7)")
class AdministratorClaims {

  @Claim(
      id = "userns-admin-may-mount",
      section = "DESCRIPTION",
      says =
          "CAP_SYS_ADMIN in the user namespace that owns the mount namespace allows bind mounts and"
              + " tmpfs; in a child of it only, it does not: EPERM",
      catches = "a kernel that lets a user namespace mount in what it does not own, or never mount",
      userland = true)
  void mayMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task owner = s.lessPrivileged("OWNER");
    Task child = s.process("CHILD", "unshare", "--user", "--map-root-user");
    Task grandchild =
        s.process(
            "GRANDCHILD",
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "unshare",
            "--user",
            "--map-root-user");
    owner.mountTmpfs("/new/old").succeeds();
    owner.bind("/new", "/place").succeeds();
    child.mountTmpfs("/new/old").fails(Errno.EPERM);
    child.bind("/new", "/place").fails(Errno.EPERM);
    grandchild.mountTmpfs("/new/old").fails(Errno.EPERM);
    grandchild.bind("/new", "/place").fails(Errno.EPERM);
    s.mountAt("/place").isAbsent();
  }

  @Claim(
      id = "userns-admin-may-mount-proc",
      section = "DESCRIPTION",
      says =
          "CAP_SYS_ADMIN in the user namespace that owns the PID namespace allows mounting proc;"
              + " owning the mount namespace alone does not: EPERM",
      catches = "a kernel in which a user namespace gets a new proc of processes it does not own",
      userland = true)
  void mayMountProc(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    u.mount("proc", "/new/old", "proc").fails(Errno.EPERM);
    Outcome<Ran> mounted =
        s.run(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--pid",
            "--fork",
            "sh",
            "-c",
            // The shell itself is the only process of its PID namespace.
            "mount -t proc proc /new/old && set -- /new/old/[0-9]* && [ $* = /new/old/1 ]"
                + " && echo mounted");
    if (mounted.value().error().contains("too revealing")) {
      throw stage.notApplicable(
          "a proc that shows all: parts of the guest's are covered by mounts");
    }
    mounted.is(new Ran(0, "mounted", ""));
    s.mount("proc", "/new/old", "proc").succeeds();
  }
}
