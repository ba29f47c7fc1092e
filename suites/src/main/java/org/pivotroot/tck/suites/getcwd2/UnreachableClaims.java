package org.pivotroot.tck.suites.getcwd2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** The getcwd system call, where the working directory does not lie below the root. */
@Page("getcwd(2)")
class UnreachableClaims {

  @Claim(
      id = "unreachable-after-chroot",
      section = "C library/kernel differences",
      says =
          "A root set by chroot(2) without changing the directory into it makes the path start with"
              + " (unreachable)",
      catches = "a kernel before 2.6.36, whose path looked like one below the root")
  void unreachableAfterChroot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    s.mkdir("/outside/deeper");
    Task atOldRoot = stage.task("AT-OLD-ROOT");
    s.chdir("/outside/deeper");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/outside/deeper");
    atOldRoot.chroot("/jail");
    atOldRoot.getcwd().is("(unreachable)/");
    // Back inside, the mark is gone.
    s.chdir("/");
    s.getcwd().is("/");
  }

  @Claim(
      id = "unreachable-prefix",
      section = "C library/kernel differences",
      says = "The mark comes before the path from the outermost root and counts in its length",
      catches = "a kernel that puts another mark, or that does not count it in the length")
  void unreachablePrefix(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.chdir("/new/old");
    s.chroot("/jail");
    s.getcwd(64).is(new Result.Touched(22, "(unreachable)/new/old", 22));
    s.getcwd(22).is(new Result.Touched(22, "(unreachable)/new/old", 22));
    s.getcwd(21).fails(Errno.ERANGE);
  }

  @Claim(
      id = "unreachable-above-root",
      section = "C library/kernel differences",
      says = "A working directory above the root is not below it: it is marked too",
      catches = "a kernel that finds any relation between the two good enough")
  void unreachableAboveRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.chdir("/a");
    s.chroot("/a/b");
    s.getcwd().is("(unreachable)/a");
  }

  @Claim(
      id = "unreachable-name-prefix",
      section = "C library/kernel differences",
      says = "A directory whose name merely begins like the root's is not below it",
      catches = "a kernel that compares paths as strings")
  void unreachableNamePrefix(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jailhouse");
    s.chdir("/jailhouse");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/jailhouse");
  }

  @Claim(
      id = "unreachable-through-another-mount",
      section = "C library/kernel differences",
      says =
          "A directory below the root that was entered through a mount outside the root is marked:"
              + " it is the way that counts",
      catches = "a kernel that compares directories without their mounts",
      editions = "none")
  void unreachableThroughAnotherMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/inside");
    s.mkdir("/view");
    s.bind("/jail", "/view");
    FileId inside = s.stat("/jail/inside").value();
    s.chdir("/view/inside");
    s.chroot("/jail");
    FileId cwd = s.stat(".").value();
    stage.check(cwd.sameFile(inside), "the directory in the bind mount is another");
    s.getcwd().is("(unreachable)/view/inside");
    s.chdir("/inside");
    s.getcwd().is("/inside");
  }

  @Claim(
      id = "unreachable-after-detach",
      section = "C library/kernel differences",
      says =
          "A working directory on a mount that was detached with MNT_DETACH is marked; its path"
              + " starts at the root of that mount",
      catches = "a kernel that gives a detached directory its former path",
      editions = "none")
  void unreachableAfterDetach(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    Task p = stage.task("P");
    p.chdir("/new");
    Task r = stage.task("R");
    r.chdir("/");
    s.getcwd().is("/new/old");
    r.umount("/new", UmountFlag.MNT_DETACH);
    s.getcwd().is("(unreachable)/old");
    p.getcwd().is("(unreachable)/");
    r.getcwd().is("/");
  }

  @Claim(
      id = "unreachable-in-other-namespace",
      section = "C library/kernel differences",
      says =
          "A directory entered in another mount namespace is marked, even where the caller's own"
              + " namespace has the same path",
      catches = "a kernel that compares directories without their mounts")
  void unreachableInOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    FileId inQ = q.stat("/new/old").value();
    Descriptor descriptor = q.open("/new/old", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.fchdir(descriptor);
    s.cwd().is(inQ);
    s.getcwd().is("(unreachable)/new/old");
    q.fchdir(descriptor);
    q.getcwd().is("/new/old");
  }

  @Claim(
      id = "unreachable-by-unprivileged-user",
      section = "C library/kernel differences",
      says = "It takes no privilege to get there by a directory of another mount namespace",
      catches = "a kernel that refuses such a change of directory, or asks for a capability")
  void unreachableByUnprivilegedUser(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor descriptor = q.open("/new", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.setresuid(1000);
    s.fchdir(descriptor).succeeds();
    s.getcwd().is("(unreachable)/new");
  }

  @Claim(
      id = "unreachable-is-not-removed",
      section = "C library/kernel differences",
      says = "The mark is for directories that exist: a removed one outside the root is ENOENT",
      catches = "a kernel that looks at the root before it looks whether the directory exists",
      editions = "none")
  void unreachableIsNotRemoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    s.chdir("/outside");
    Task p = stage.task("P");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/outside");
    p.rmdir("/outside");
    s.getcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "reachable-again-after-pivot",
      section = "C library/kernel differences",
      says = "pivot_root(2) leaves no directory unreachable: the old root lies below the new one",
      catches = "a kernel that detaches the old root instead of moving it",
      editions = "none")
  void reachableAgainAfterPivot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    s.chdir("/tmp");
    Task p = stage.task("P");
    Task chrooted = stage.task("CHROOTED");
    chrooted.chroot("/new");
    chrooted.getcwd().is("(unreachable)/tmp");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.getcwd().is("/old/tmp");
    p.getcwd().is("/old/tmp");
    chrooted.getcwd().is("/old/tmp");
  }
}
