package org.pivotroot.tck.suites.clone2;

import static org.pivotroot.tck.model.call.Capability.CAP_SYS_ADMIN;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_FS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUSER;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** What a new task shares with the one that made it: root, working directory, mounts. */
@Page("clone(2)")
class CloneClaims {

  @Claim(
      id = "clone-fs-shares-root-cwd-umask",
      section = "DESCRIPTION",
      says = "With CLONE_FS chroot(2), chdir(2) and umask(2) of either task act on both",
      catches = "a kernel that copies one of the three")
  void shares(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    FileId newRoot = s.stat("/new").value();
    b.chdir("/new").succeeds();
    a.cwd().is(newRoot);
    a.chdir("old").succeeds();
    b.cwd().is(s.stat("/new/old").value());
    a.umask(022);
    b.umask(027).is("022");
    a.umask(022).is("027");
    b.chroot("/new").succeeds();
    a.root().is(newRoot);
    s.root().isNot(newRoot);
  }

  @Claim(
      id = "clone-without-fs-copies-root-cwd-umask",
      section = "DESCRIPTION",
      says = "Without CLONE_FS the child begins with copies, and later calls act on one task",
      catches = "a kernel that shares, or begins with the root of the namespace")
  void copies(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/deep");
    s.chroot("/new");
    s.chdir("/old");
    s.umask(027);
    Task a = stage.task("A");
    View before = s.view().value();
    a.view().is(before);
    a.umask(022).is("027");
    a.chdir("deep").succeeds();
    a.chroot("/old").succeeds();
    s.view().is(before);
    s.umask(022).is("027");
    s.chdir("/").succeeds();
    a.cwd().is(s.stat("/old/deep").value());
  }

  @Claim(
      id = "clone-without-newns-shares-mount-namespace",
      section = "DESCRIPTION",
      says = "Without CLONE_NEWNS the child is in the mount namespace of its parent",
      catches = "a kernel that copies the mounts for each process",
      userland = true)
  void sameNamespace(Stage stage) {
    Task s = stage.task("S");
    Task p = s.process("P", "env");
    stage.check(
        p.view().value().namespace() == s.view().value().namespace(), "P is in another namespace");
    s.mountTmpfs("/new/old").succeeds();
    p.stat("/new/old").is(s.stat("/new/old").value());
    p.umount("/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
  }

  private static final String COPY =
      """
      sub mounts {
        open my $file, '<', '/proc/self/mountinfo' or die $!;
        return map { [split] } <$file>;
      }
      sub shape {
        my %point = map { $_->[0] => $_->[4] } @_;
        return join "\n", sort map { join ' ', $point{$_->[1]} // '-', @$_[2 .. $#$_] } @_;
      }
      my @before = mounts;
      my $namespace = readlink '/proc/self/ns/mnt';
      my $pid = syscall(56, 0x20000 | 17, 0, 0, 0, 0); # clone(CLONE_NEWNS | SIGCHLD)
      die "clone: $!" if $pid < 0;
      if ($pid == 0) {
        my @copy = mounts;
        my %original = map { $_->[0] => 1 } @before;
        print readlink('/proc/self/ns/mnt') eq $namespace ? 'same' : 'other', ' namespace, ';
        print shape(@copy) eq shape(@before) ? 'same' : 'other', ' tree of ';
        print grep({ $original{$_->[0]} } @copy) ? 'originals' : 'copies', ', ';
        my $point = '/new/old';
        syscall(166, $point, 0) == 0 or die "umount2: $!";
        exit;
      }
      waitpid $pid, 0;
      print join("\n", map { "@$_" } mounts) eq join("\n", map { "@$_" } @before)
        ? 'unchanged' : 'changed';
      """;

  @Claim(
      id = "clone-newns-copies-mounts",
      section = "DESCRIPTION",
      says = "With CLONE_NEWNS the child begins in a mount namespace of copies, and changes those",
      catches = "a kernel that hands on the mounts themselves, another tree, or the namespace",
      userland = true)
  void copiesMounts(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MS_SHARED);
    View before = s.view().value();
    s.run("perl", "-e", COPY).is(new Ran(0, "other namespace, same tree of copies, unchanged", ""));
    s.view().is(before);
  }

  @Claim(
      id = "clone-fs-with-newns-einval",
      section = "ERRORS",
      says = "CLONE_FS and CLONE_NEWNS together are EINVAL",
      catches = "a kernel that lets tasks in two namespaces share one root")
  void fsWithNewns(Stage stage) {
    Task s = stage.task("S");
    s.clone(CLONE_FS, CLONE_NEWNS).fails(EINVAL);
    s.clone(CLONE_FS).succeeds();
    s.clone(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "clone-fs-with-newuser-einval",
      section = "ERRORS",
      says = "CLONE_FS and CLONE_NEWUSER together are EINVAL",
      catches = "a kernel in which a user namespace can change the root of a task outside it")
  void fsWithNewuser(Stage stage) {
    Task s = stage.task("S");
    s.clone(CLONE_FS, CLONE_NEWUSER).fails(EINVAL);
    s.clone(CLONE_NEWUSER).succeeds();
  }

  @Claim(
      id = "clone-newns-eperm",
      section = "ERRORS",
      says = "CLONE_NEWNS needs CAP_SYS_ADMIN, but not beside CLONE_NEWUSER",
      catches = "a kernel that lets anybody, or asks in the wrong user namespace")
  void newnsNeedsPrivilege(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.drop(CAP_SYS_ADMIN);
    p.clone(CLONE_NEWNS).fails(EPERM);
    p.clone(CLONE_NEWNS, CLONE_NEWUSER).succeeds();
    s.clone(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "clone-newuser-chrooted-eperm",
      section = "ERRORS",
      says = "A chrooted caller cannot use CLONE_NEWUSER: EPERM",
      catches = "a kernel that checks in unshare(2) only")
  void newuserChrooted(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.clone(CLONE_NEWUSER).succeeds();
    p.chroot("/new");
    p.clone(CLONE_NEWUSER).fails(EPERM);
    p.clone(CLONE_NEWNS).succeeds();
    s.clone(CLONE_NEWUSER).succeeds();
  }
}
