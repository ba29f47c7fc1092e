package org.pivotroot.tck.suites.setns2;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUSER;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.Errno.ESRCH;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.View;

/** User namespaces that cannot be joined, and processes that are no more. */
@Page("setns(2)")
class RefusedSetnsClaims {
  private static final Ran JOINED = new Ran(0, "", "");

  /** Leaves a user namespace without members at /userns. */
  private static void keepUserNamespace(Task s) {
    s.createFile("/userns");
    // With --mount it is a child, still in the old user namespace, that mounts the file.
    s.run("unshare", "--user=/userns", "--mount", "--propagation", "unchanged", "true").is(JOINED);
  }

  @Claim(
      id = "setns-multithreaded-user-einval",
      section = "ERRORS",
      says = "A process with several threads cannot join a user namespace: EINVAL",
      catches = "a kernel in which threads of one process differ in their user namespace",
      userland = true)
  @Needs(Feature.USER_NAMESPACE_FILES)
  void multithreadedUser(Stage stage) {
    Task s = stage.task("S");
    keepUserNamespace(s);
    Task p = stage.task("P");
    Descriptor namespace = p.open("/userns", O_RDONLY).value();
    View before = p.view().value();
    String user = p.readlink("/proc/thread-self/ns/user").value();
    p.setns(namespace, CLONE_NEWUSER).fails(EINVAL);
    p.setns(namespace).fails(EINVAL);
    p.view().is(before);
    p.readlink("/proc/thread-self/ns/user").is(user);
    // nsenter(1) has one thread, and makes the same call.
    s.run("nsenter", "--user=/userns", "--preserve-credentials", "true").is(JOINED);
  }

  private static final String SHARED_FS =
      """
      open my $namespace, '<', '/userns' or die "open: $!";
      sub join_it { # setns(namespace, CLONE_NEWUSER)
        return syscall(308, fileno $namespace, 0x10000000) == 0 ? 'success' : $!;
      }
      my $pid = syscall(56, 0x200 | 17, 0, 0, 0, 0); # clone(CLONE_FS | SIGCHLD)
      die "clone: $!" if $pid < 0;
      if ($pid == 0) {
        print join_it, ', ';
        syscall(272, 0x200) == 0 or die "unshare: $!"; # CLONE_FS
        print join_it;
        exit;
      }
      waitpid $pid, 0;
      """;

  @Claim(
      id = "setns-user-refused-with-shared-fs",
      section = "ERRORS",
      says =
          "A process that shares root and working directory with another cannot join a user"
              + " namespace: EINVAL",
      catches = "a kernel that lets a process gain chroot(2) over the root of another",
      userland = true)
  @Needs(Feature.USER_NAMESPACE_FILES)
  void userWithSharedFs(Stage stage) {
    Task s = stage.task("S");
    keepUserNamespace(s);
    s.run("perl", "-e", SHARED_FS).is(new Ran(0, "Invalid argument, success", ""));
  }

  @Claim(
      id = "setns-own-user-namespace-einval",
      section = "ERRORS",
      says = "The user namespace that the caller is in already cannot be joined: EINVAL",
      catches = "a kernel that gives whoever dropped capabilities all of them back",
      userland = true)
  @Needs(Feature.USER_NAMESPACE_FILES)
  void ownUserNamespace(Stage stage) {
    Task s = stage.task("S");
    keepUserNamespace(s);
    s.run("nsenter", "--user=/proc/self/ns/user", "--preserve-credentials", "true")
        .is(new Ran(1, "", "nsenter: reassociate to namespace 'ns/user' failed: Invalid argument"));
    s.run("nsenter", "--user=/userns", "--preserve-credentials", "true").is(JOINED);
  }

  @Claim(
      id = "setns-pidfd-esrch",
      section = "ERRORS",
      says = "A PID file descriptor of a process that has ended and been waited for is ESRCH",
      catches = "a kernel that joins namespaces which nobody is in, or says EINVAL",
      userland = true)
  void pidfdEsrch(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = s.process("Q", "unshare", "--mount");
    Task r = s.process("R", "unshare", "--mount");
    Descriptor ended = p.pidfdOpen(q).value();
    Descriptor alive = p.pidfdOpen(r).value();
    View before = p.view().value();
    q.exit();
    p.setns(ended, CLONE_NEWNS).fails(ESRCH);
    p.view().is(before);
    p.setns(alive, CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "setns-needs-admin-at-home",
      section = "DESCRIPTION",
      says =
          "Who owns the user namespace of the target, and so has every capability there, needs"
              + " CAP_SYS_ADMIN and CAP_SYS_CHROOT in its own as well: EPERM",
      catches = "a kernel that asks for the capability over the target alone",
      userland = true)
  void needsAdminAtHome(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    Descriptor target = s.openOf(u, "ns/mnt", O_RDONLY).value();
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.setnsMount(target).fails(EPERM);
    Task p = s.fork("P");
    p.drop(Capability.CAP_SYS_CHROOT);
    p.setnsMount(target).fails(EPERM);
    s.setnsMount(target).succeeds();
  }
}
