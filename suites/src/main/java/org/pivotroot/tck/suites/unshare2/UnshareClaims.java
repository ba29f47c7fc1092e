package org.pivotroot.tck.suites.unshare2;

import static org.pivotroot.tck.model.call.Capability.CAP_SYS_ADMIN;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_FS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUSER;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_SIGHAND;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_THREAD;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_VM;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;
import static org.pivotroot.tck.model.call.Value.bits;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** Root, working directory and mount namespace of a task that disassociates itself. */
@Page("unshare(2)")
class UnshareClaims {

  @Claim(
      id = "unshare-newns-is-private-copy",
      section = "DESCRIPTION",
      says = "CLONE_NEWNS gives the caller a mount namespace that no other task is in",
      catches = "a kernel that moves all threads of the process, or nobody")
  void newnsIsPrivate(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    View before = s.view().value();
    stage.check(p.view().value().namespace() == before.namespace(), "P begins elsewhere");
    p.unshare(CLONE_NEWNS).succeeds();
    stage.check(p.view().value().namespace() != before.namespace(), "P is still in S's namespace");
    s.view().is(before);
  }

  @Claim(
      id = "unshare-newns-implies-own-fs-state",
      section = "DESCRIPTION",
      says = "CLONE_NEWNS implies CLONE_FS: root and working directory are no longer shared",
      catches = "a kernel in which the other task's root would follow into the new namespace")
  void newnsImpliesFs(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    a.chdir("/new");
    b.cwd().is(a.cwd().value());
    View before = a.view().value();
    b.unshare(CLONE_NEWNS).succeeds();
    a.view().is(before);
    b.chroot("/new").succeeds();
    b.chdir("/old").succeeds();
    a.view().is(before);
    a.chdir("/").succeeds();
    b.cwd().isNot(a.cwd().value());
    s.root().is(before.root());
  }

  @Claim(
      id = "unshare-fs",
      section = "DESCRIPTION",
      says = "CLONE_FS ends the sharing of root, working directory and umask",
      catches = "a kernel that shares one of the three on")
  void fs(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    FileId root = s.root().value();
    a.umask(022);
    b.umask(027).is("022");
    a.umask(022).is("027");
    b.unshare(CLONE_FS).succeeds();
    b.chdir("/new").succeeds();
    a.cwd().is(root);
    b.chroot("/new").succeeds();
    a.root().is(root);
    b.umask(077).is("022");
    a.umask(022).is("022");
  }

  @Claim(
      id = "unshare-fs-keeps-namespace",
      section = "DESCRIPTION",
      says = "CLONE_FS alone leaves the caller in its mount namespace",
      catches = "a kernel in which CLONE_FS implies CLONE_NEWNS")
  void fsKeepsNamespace(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    View before = b.view().value();
    b.unshare(CLONE_FS).succeeds();
    b.view().is(before);
    s.mountTmpfs("/new/old").succeeds();
    b.mountAt("/new/old").isThere();
  }

  @Claim(
      id = "unshare-keeps-cwd-and-root",
      section = "DESCRIPTION",
      says =
          "With CLONE_NEWNS root and working directory stay the same directories, in the copies of"
              + " the mounts that they were in",
      catches = "a kernel that leaves them in the old mounts, or resets them to the new root",
      editions = "none")
  void keepsCwdAndRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/jail");
    s.mkdir("/new/jail/inside");
    s.mountTmpfs("/new/jail/inside");
    Task p = stage.task("P");
    p.chroot("/new/jail");
    p.chdir("/inside");
    FileId root = p.root().value();
    FileId cwd = p.cwd().value();
    p.unshare(CLONE_NEWNS).succeeds();
    stage.check(p.root().value().sameFile(root), "the root is another directory");
    stage.check(p.cwd().value().sameFile(cwd), "the working directory is another one");
    long copy = p.mountInTreeAt("/new").value().id();
    stage.check(copy != stage.mountOf(root), "the namespace has no copy of its own");
    stage.check(stage.mountOf(p.root().value()) == copy, "the root is not in the copy");
    long inside = p.mountInTreeAt("/new/jail/inside").value().id();
    stage.check(inside != stage.mountOf(cwd), "the mount of the working directory has no copy");
    stage.check(
        stage.mountOf(p.cwd().value()) == inside, "the working directory is not in the copy");
    p.getcwd().is("/inside");
    s.stat("/new/jail/inside").is(cwd);
  }

  @Claim(
      id = "unshare-leaves-foreign-cwd",
      section = "DESCRIPTION",
      says = "A working directory in a mount of yet another namespace stays in that mount",
      catches = "a kernel that moves it to the new root, or to a mount of the same file system",
      editions = "none")
  void leavesForeignCwd(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.fchdir(s.open("/new", O_DIRECTORY).value());
    FileId cwd = q.cwd().value();
    q.unshare(CLONE_NEWNS).succeeds();
    q.cwd().is(cwd);
  }

  @Claim(
      id = "unshare-zero-is-no-op",
      section = "DESCRIPTION",
      says = "Without flags nothing changes",
      catches = "a kernel that fails, or unshares something by default")
  void zero(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    View before = b.view().value();
    b.unshare().succeeds();
    b.view().is(before);
    a.chdir("/new").succeeds();
    b.cwd().is(a.cwd().value());
    s.cwd().is(before.cwd());
  }

  @Claim(
      id = "unshare-invalid-bit-einval",
      section = "ERRORS",
      says = "Bits of flags that no page gives a meaning to are EINVAL, beside CLONE_NEWNS too",
      catches = "a kernel that ignores what it does not know")
  void invalidBit(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    View before = p.view().value();
    // CLONE_PTRACE, CLONE_VFORK, CLONE_PARENT, CLONE_SETTLS, CLONE_CHILD_CLEARTID, CLONE_UNTRACED,
    // CLONE_CHILD_SETTID, CLONE_IO
    long[] bits = {0x2000, 0x4000, 0x8000, 0x80000, 0x200000, 0x800000, 0x1000000, 0x80000000L};
    for (long bit : bits) {
      p.call(Syscall.UNSHARE, bits(bit)).fails(EINVAL);
      p.call(Syscall.UNSHARE, bits(bit | 0x20000)).fails(EINVAL);
    }
    p.view().is(before);
    s.view().is(before);
    p.unshare(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "unshare-newns-eperm",
      section = "ERRORS",
      says = "CLONE_NEWNS needs CAP_SYS_ADMIN; CLONE_FS needs no privilege",
      catches = "a kernel that lets anybody copy the mounts, or asks for user ID 0")
  void eperm(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.drop(CAP_SYS_ADMIN);
    View before = p.view().value();
    p.unshare(CLONE_NEWNS).fails(EPERM);
    p.view().is(before);
    p.unshare(CLONE_FS).succeeds();
    s.unshare(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "multithreaded-newuser-einval",
      section = "DESCRIPTION",
      says = "CLONE_NEWUSER in a process with several threads is EINVAL",
      catches = "a kernel in which threads of one process differ in their user namespace")
  void multithreadedNewuser(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    View before = p.view().value();
    p.unshare(CLONE_NEWUSER).fails(EINVAL);
    p.unshare(CLONE_NEWUSER, CLONE_NEWNS).fails(EINVAL);
    p.view().is(before);
    s.unshare(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "unshare-multithreaded-vm-einval",
      section = "ERRORS",
      says = "CLONE_THREAD, CLONE_SIGHAND and CLONE_VM in a process with several threads: EINVAL",
      catches = "a kernel that claims to have done what it does not implement")
  void multithreadedVm(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.unshare(CLONE_THREAD).fails(EINVAL);
    p.unshare(CLONE_SIGHAND).fails(EINVAL);
    p.unshare(CLONE_VM).fails(EINVAL);
    p.unshare(CLONE_VM, CLONE_FS).fails(EINVAL);
    s.unshare(CLONE_FS).succeeds();
  }

  @Claim(
      id = "unshare-newuser-chrooted-eperm",
      section = "ERRORS",
      says = "A caller whose root is not the root of its mount namespace cannot use CLONE_NEWUSER",
      catches = "a kernel in which a chrooted task gets the capabilities to leave its root",
      userland = true)
  void newuserChrooted(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mount("/", "/jail", "", MS_BIND, MS_REC);
    Task p = stage.task("P");
    p.run("unshare", "--user", "true").is(new Ran(0, "", ""));
    p.chroot("/jail");
    p.chdir("/");
    p.run("true").is(new Ran(0, "", ""));
    p.run("unshare", "--user", "true")
        .is(new Ran(1, "", "unshare: unshare failed: Operation not permitted"));
  }

  @Claim(
      id = "unshare-newuser-gives-newns",
      section = "NOTES",
      says = "CLONE_NEWNS in the same call as CLONE_NEWUSER needs no privilege",
      catches = "a kernel that makes the namespaces in the wrong order",
      userland = true)
  void newuserGivesNewns(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.setresuid(1000);
    p.run("unshare", "--mount", "true")
        .is(new Ran(1, "", "unshare: unshare failed: Operation not permitted"));
    p.run("unshare", "--user", "--mount", "--propagation", "unchanged", "true")
        .is(new Ran(0, "", ""));
    s.run("unshare", "--mount", "true").is(new Ran(0, "", ""));
  }
}
