package org.pivotroot.tck.suites.setns2;

import static org.pivotroot.tck.model.call.Capability.CAP_SYS_ADMIN;
import static org.pivotroot.tck.model.call.Capability.CAP_SYS_CHROOT;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_FS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUTS;
import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** Entering a mount namespace. */
@Page("setns(2)")
class SetnsClaims {

  @Claim(
      id = "setns-mnt-joins",
      section = "DESCRIPTION",
      says = "The calling thread, and no other, is in the namespace of the descriptor afterwards",
      catches = "a kernel that makes a copy of the namespace, or moves the whole process",
      userland = true)
  void joins(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    View ofS = s.view().value();
    p.setns(q.mountNamespace().value(), CLONE_NEWNS).succeeds();
    stage.check(
        p.view().value().namespace() == q.view().value().namespace(), "P is not where Q is");
    s.view().is(ofS);
    q.mountTmpfs("/new/old").succeeds();
    p.tree().is(q.tree().value());
    s.view().is(ofS);
  }

  @Claim(
      id = "setns-mnt-resets-root-and-cwd",
      section = "DESCRIPTION",
      says = "Root and working directory become the root of the namespace that was joined",
      editions = "none",
      catches = "a kernel that leaves the caller with one foot in the old namespace",
      userland = true)
  void resetsRootAndCwd(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    FileId root = q.root().value();
    Descriptor namespace = q.mountNamespace().value();
    // Neither where P was nor where the others in the namespace are matters.
    q.chroot("/new");
    p.chroot("/new");
    p.chdir("/old");
    p.setns(namespace, CLONE_NEWNS).succeeds();
    p.root().is(root);
    p.cwd().is(root);
    p.getcwd().is("/");
    s.root().isNot(root);
  }

  @Claim(
      id = "setns-mnt-goes-to-topmost-root",
      section = "DESCRIPTION",
      says = "Of several mounts stacked on the root of the namespace, the topmost is meant",
      catches = "a kernel that puts the caller beneath what is mounted over",
      editions = "none",
      userland = true)
  void topmostRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor namespace = q.mountNamespace().value();
    FileId lower = q.stat("/").value();
    q.mountTmpfs("/");
    FileId upper = q.stat("/..").value();
    stage.check(!stage.areOnePlace(upper, lower), "the second root is not on top");
    p.setns(namespace, CLONE_NEWNS).succeeds();
    p.root().is(upper);
    p.cwd().is(upper);
    q.root().is(lower);
    s.stat("/").succeeds();
  }

  @Claim(
      id = "setns-into-own-namespace-leaves-chroot",
      section = "DESCRIPTION",
      says = "Joining the namespace one is in already sets root and working directory all the same",
      catches = "a kernel that does nothing in this case",
      editions = "none",
      userland = true)
  void ownNamespace(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId root = p.root().value();
    Descriptor namespace = s.mountNamespace().value();
    p.chroot("/new");
    p.chdir("/old");
    p.setns(namespace, CLONE_NEWNS).succeeds();
    p.root().is(root);
    p.cwd().is(root);
  }

  @Claim(
      id = "setns-mnt-refused-with-shared-fs",
      section = "DESCRIPTION",
      says = "A task that shares root and working directory with another cannot join: EINVAL",
      catches = "a kernel that pulls the other task's root into a namespace it is not in",
      userland = true)
  void sharedFs(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor namespace = q.mountNamespace().value();
    View before = b.view().value();
    b.setns(namespace, CLONE_NEWNS).fails(EINVAL);
    b.view().is(before);
    a.view().is(before);
    b.unshare(CLONE_FS).succeeds();
    b.setns(namespace, CLONE_NEWNS).succeeds();
    a.view().is(before);
    s.view().is(before);
  }

  @Claim(
      id = "setns-needs-cap-sys-chroot",
      section = "DESCRIPTION",
      says = "The caller needs CAP_SYS_CHROOT in its own user namespace: EPERM",
      catches = "a kernel that asks for CAP_SYS_ADMIN only",
      userland = true)
  void needsChroot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor namespace = q.mountNamespace().value();
    View before = p.view().value();
    p.drop(CAP_SYS_CHROOT);
    p.setns(namespace, CLONE_NEWNS).fails(EPERM);
    p.view().is(before);
    s.setns(namespace, CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "setns-needs-cap-sys-admin",
      section = "DESCRIPTION",
      says = "The caller needs CAP_SYS_ADMIN: EPERM",
      catches = "a kernel that asks for CAP_SYS_CHROOT only, or moves the caller all the same",
      userland = true)
  void needsAdmin(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor namespace = q.mountNamespace().value();
    View before = p.view().value();
    p.drop(CAP_SYS_ADMIN);
    p.setns(namespace, CLONE_NEWNS).fails(EPERM);
    p.view().is(before);
    s.setns(namespace, CLONE_NEWNS).succeeds();
    s.root().is(q.root().value());
  }

  @Claim(
      id = "setns-needs-cap-over-target",
      section = "DESCRIPTION",
      says = "CAP_SYS_ADMIN is needed over the user namespace that owns the target: EPERM",
      catches = "a kernel in which a user namespace can go back into its parent's mounts",
      userland = true)
  void overTarget(Stage stage) {
    Task s = stage.task("S");
    // U has every capability, in its own user namespace; the mounts belong to the one above.
    Task u = s.process("U", "unshare", "--user", "--map-root-user");
    View before = u.view().value();
    u.setns(u.mountNamespace().value(), CLONE_NEWNS).fails(EPERM);
    u.view().is(before);
    Task v = s.lessPrivileged("V");
    v.setns(v.mountNamespace().value(), CLONE_NEWNS).succeeds();
    // Downwards the privilege reaches.
    Task p = stage.task("P");
    FileId root = v.root().value();
    p.setns(p.pidfdOpen(v).value(), CLONE_NEWNS).succeeds();
    p.root().is(root);
  }

  @Claim(
      id = "setns-type-zero",
      section = "DESCRIPTION",
      says = "Without a type any kind of namespace is taken",
      catches = "a kernel that insists on the type",
      userland = true)
  void typeZero(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    FileId root = q.root().value();
    p.setns(q.mountNamespace().value()).succeeds();
    p.root().is(root);
    s.root().isNot(root);
  }

  @Claim(
      id = "setns-type-mismatch-einval",
      section = "ERRORS",
      says = "A descriptor of another kind of namespace than the type says is EINVAL",
      catches = "a kernel that goes by the descriptor alone",
      userland = true)
  void typeMismatch(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor mounts = q.mountNamespace().value();
    Descriptor uts = s.open("/proc/thread-self/ns/uts", O_RDONLY).value();
    View before = p.view().value();
    p.setns(mounts, CLONE_NEWUTS).fails(EINVAL);
    p.setns(uts, CLONE_NEWNS).fails(EINVAL);
    p.view().is(before);
    p.setns(uts, CLONE_NEWUTS).succeeds();
    p.view().is(before);
    p.setns(mounts, CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "setns-ebadf",
      section = "ERRORS",
      says = "A number that is no open descriptor is EBADF",
      catches = "a kernel that says EINVAL",
      userland = true)
  void badDescriptor(Stage stage) {
    Task s = stage.task("S");
    s.call(Syscall.SETNS, new Value.BadDescriptor(1_000_000), Value.flags(CLONE_NEWNS))
        .fails(EBADF);
  }

  @Claim(
      id = "setns-no-namespace-einval",
      section = "ERRORS",
      says = "A descriptor of something that is no namespace is EINVAL",
      catches = "a kernel that takes a directory for the namespace it is in",
      userland = true)
  void noNamespace(Stage stage) {
    Task s = stage.task("S");
    s.setns(s.open("/new", O_RDONLY).value(), CLONE_NEWNS).fails(EINVAL);
    s.setns(s.open("/new", O_RDONLY).value()).fails(EINVAL);
  }

  @Claim(
      id = "setns-by-pidfd",
      section = "DESCRIPTION",
      says = "With a PID file descriptor the namespaces of that process are joined, as asked",
      catches = "a kernel that takes only /proc links, or joins without being told which",
      userland = true)
  void byPidfd(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = s.process("Q", "unshare", "--mount");
    Descriptor process = p.pidfdOpen(q).value();
    FileId root = q.root().value();
    View before = p.view().value();
    p.setns(process).fails(EINVAL);
    p.view().is(before);
    p.setns(process, CLONE_NEWNS).succeeds();
    stage.check(
        p.view().value().namespace() == q.view().value().namespace(), "P is not where Q is");
    p.root().is(root);
    p.cwd().is(root);
  }
}
