package org.pivotroot.tck.suites.usernamespaces7;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;

/** User namespaces and chroot(2). */
@Page("user_namespaces(7)")
class ChrootedCallerClaims {
  private static final Ran MADE = new Ran(0, "", "");
  private static final Ran REFUSED =
      new Ran(1, "", "unshare: unshare failed: Operation not permitted");

  private static Ran tryUserNamespace(Task task) {
    return task.run("unshare", "--user", "true").value();
  }

  @Claim(
      id = "userns-while-chrooted-refused",
      section = "DESCRIPTION",
      says =
          "A task whose root is not the root of its mount namespace may make no user namespace:"
              + " EPERM",
      catches = "a kernel where capabilities of a new user namespace lead out of a chroot",
      userland = true)
  void usernsWhileChrootedRefused(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/usr");
    s.bind("/usr", "/jail/usr");
    s.symlink("usr/bin", "/jail/bin");
    s.symlink("usr/lib", "/jail/lib");
    s.symlink("usr/lib64", "/jail/lib64");
    Task free = stage.task("FREE");
    s.chroot("/jail");
    s.chdir("/");
    stage.check(tryUserNamespace(s).equals(REFUSED), "a user namespace within a chroot");
    stage.check(tryUserNamespace(free).equals(MADE), "no user namespace outside the chroot either");
  }

  @Claim(
      id = "userns-while-chrooted-to-mount-refused",
      section = "DESCRIPTION",
      says = "It is refused also where the root is a mount point, if not the namespace's own root",
      catches = "a kernel that takes any root of a mount for the root of the namespace",
      userland = true)
  void usernsWhileChrootedToMountRefused(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.bind("/", "/jail", MountFlag.MS_REC);
    Task free = stage.task("FREE");
    s.chroot("/jail");
    s.chdir("/");
    stage.check(tryUserNamespace(s).equals(REFUSED), "a user namespace within a chroot");
    stage.check(tryUserNamespace(free).equals(MADE), "no user namespace outside the chroot either");
  }

  @Claim(
      id = "userns-after-pivot-allowed",
      section = "DESCRIPTION",
      says =
          "After pivot_root(2) to the same directory it is allowed: the caller's root is then the"
              + " namespace's",
      catches = "a kernel that remembers the first root of a namespace",
      editions = "none",
      userland = true)
  void usernsAfterPivotAllowed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.bind("/", "/jail", MountFlag.MS_REC);
    s.pivotRoot("/jail", "/jail/new/old").succeeds();
    s.chdir("/");
    stage.check(tryUserNamespace(s).equals(MADE), "no user namespace after pivot_root");
  }

  @Claim(
      id = "userns-back-at-root-allowed",
      section = "DESCRIPTION",
      says = "A task that went into a chroot and out again is as free as before",
      catches = "a kernel that marks a task as chrooted for good",
      editions = "none",
      userland = true)
  void usernsBackAtRootAllowed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.chdir("/");
    s.chroot("/jail");
    s.chroot(".");
    stage.check(tryUserNamespace(s).equals(MADE), "no user namespace after leaving the chroot");
  }
}
