package org.pivotroot.tck.suites.chroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** What chroot(2) changes, for whom, and what it leaves alone. */
@Page("chroot(2)")
class RootDirectoryClaims {

  @Claim(
      id = "changes-root-only",
      section = "DESCRIPTION",
      says =
          "The call changes where the caller's paths start and nothing else: no mount, no other"
              + " task, no working directory",
      catches = "a kernel that moves other tasks or the mount tree along, as pivot_root(2) does")
  void changesRootOnly(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    FileId jail = s.stat("/jail").value();
    s.chdir("/new");
    View before = s.view().value();
    View beforeP = p.view().value();
    View beforeQ = q.view().value();
    s.chroot("/jail").succeeds();
    s.root().is(jail);
    s.cwd().is(before.cwd());
    s.tree().is(before.tree());
    View after = s.view().value();
    stage.check(after.namespace() == before.namespace(), "S is in another mount namespace");
    p.view().is(beforeP);
    q.view().is(beforeQ);
  }

  @Claim(
      id = "absolute-paths-start-at-the-new-root",
      section = "DESCRIPTION",
      says = "Paths that begin with a slash start at the new root",
      catches = "a kernel that sets the root without path lookup using it")
  void absolutePathsStartAtTheNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/outside");
    s.mkdir("/jail");
    s.mkdir("/jail/inside");
    FileId jail = s.stat("/jail").value();
    FileId inside = s.stat("/jail/inside").value();
    s.chroot("/jail").succeeds();
    s.stat("/").is(jail);
    s.stat("/inside").is(inside);
    s.stat("/outside").fails(Errno.ENOENT);
    s.stat("/jail").fails(Errno.ENOENT);
  }

  @Claim(
      id = "absolute-symlinks-start-at-the-new-root",
      section = "DESCRIPTION",
      says = "A symbolic link whose text begins with a slash is followed from the new root as well",
      catches = "a kernel that follows absolute links from the root of the mount namespace")
  void absoluteSymlinksStartAtTheNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/jail");
    s.mkdir("/jail/place");
    s.symlink("/place", "/jail/link");
    s.symlink("/jail", "/jail/way-out");
    FileId outer = s.stat("/place").value();
    FileId inner = s.stat("/jail/place").value();
    s.stat("/jail/link").is(outer);
    s.chdir("/jail");
    s.chroot("/jail").succeeds();
    s.stat("/link").is(inner);
    s.stat("link").is(inner);
    s.stat("/way-out").fails(Errno.ENOENT);
  }

  @Claim(
      id = "cwd-not-changed",
      section = "DESCRIPTION",
      says = "The working directory stays what it was, even where that is the old root",
      catches = "a kernel that moves a working directory equal to the old root to the new one")
  void cwdNotChanged(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/inside");
    s.mkdir("/outside");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    FileId inside = s.stat("/jail/inside").value();
    FileId outside = s.stat("/outside").value();
    Task atOldRoot = stage.task("AT-OLD-ROOT");
    Task atNewRoot = stage.task("AT-NEW-ROOT");
    Task belowNewRoot = stage.task("BELOW-NEW-ROOT");
    Task elsewhere = stage.task("ELSEWHERE");
    atOldRoot.chdir("/");
    atNewRoot.chdir("/jail");
    belowNewRoot.chdir("/jail/inside");
    elsewhere.chdir("/outside");
    atOldRoot.chroot("/jail").succeeds();
    atNewRoot.chroot("/jail").succeeds();
    belowNewRoot.chroot("/jail").succeeds();
    elsewhere.chroot("/jail").succeeds();
    atOldRoot.cwd().is(root);
    atNewRoot.cwd().is(jail);
    belowNewRoot.cwd().is(inside);
    elsewhere.cwd().is(outside);
  }

  @Claim(
      id = "dot-can-be-outside",
      section = "DESCRIPTION",
      says = "After the call the working directory can lie outside the tree below the root",
      catches = "a kernel that refuses relative paths from outside the root")
  void dotCanBeOutside(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    s.mkdir("/outside/deeper");
    FileId root = s.stat("/").value();
    FileId outside = s.stat("/outside").value();
    FileId deeper = s.stat("/outside/deeper").value();
    s.chdir("/outside");
    s.chroot("/jail").succeeds();
    s.stat(".").is(outside);
    s.stat("deeper").is(deeper);
    s.stat("..").is(root);
    s.mkdir("made").succeeds();
    s.stat("/outside").fails(Errno.ENOENT);
  }

  @Claim(
      id = "chroot-relative-path",
      section = "DESCRIPTION",
      says = "The path may be relative: it is looked up from the working directory",
      catches = "a kernel that looks every path of chroot(2) up from the root")
  void chrootRelativePath(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/new/jail");
    FileId jail = s.stat("/new/jail").value();
    s.chdir("/new");
    Task p = stage.task("P");
    s.chroot("jail").succeeds();
    s.root().is(jail);
    p.chroot("./old/../jail/.").succeeds();
    p.root().is(jail);
  }

  @Claim(
      id = "chroot-dot-is-cwd",
      section = "DESCRIPTION",
      says = "A root can be any directory that a path leads to, the working directory included",
      catches = "a kernel that insists on a mount point, or on a directory below the old root")
  void chrootDotIsCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    FileId outside = s.stat("/outside").value();
    s.chdir("/outside");
    s.chroot("/jail").succeeds();
    s.chroot(".").succeeds();
    s.root().is(outside);
    s.getcwd().is("/");
  }

  @Claim(
      id = "chroot-follows-symlink",
      section = "DESCRIPTION",
      says = "A symbolic link as path stands for the directory it leads to",
      catches = "a kernel that does not follow the last component")
  void chrootFollowsSymlink(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.symlink("jail", "/link");
    s.symlink("/link", "/link-to-link");
    FileId jail = s.stat("/jail").value();
    s.chroot("/link-to-link").succeeds();
    s.root().is(jail);
  }

  @Claim(
      id = "chroot-to-mount-point",
      section = "DESCRIPTION",
      says = "The path of a mount point stands for the root of what is mounted there",
      catches = "a kernel that takes the directory beneath the mount, or the lower of two mounts")
  void chrootToMountPoint(Stage stage) {
    Task s = stage.task("S");
    FileId lower = s.stat("/new").value();
    s.mountTmpfs("/new");
    FileId upper = s.stat("/new").value();
    stage.check(
        !stage.areOnePlace(upper, lower), "the second mount on /new is not what /new leads to");
    s.chroot("/new").succeeds();
    s.root().is(upper);
  }

  @Claim(
      id = "nested-chroot",
      section = "DESCRIPTION",
      says = "A second call is looked up within the root that the first one set",
      catches = "a kernel that always looks up from the root of the mount namespace")
  void nestedChroot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/jail");
    FileId inner = s.stat("/jail/jail").value();
    s.chroot("/jail").succeeds();
    s.chroot("/jail").succeeds();
    s.root().is(inner);
    s.chroot("/jail").fails(Errno.ENOENT);
  }

  @Claim(
      id = "inherited-by-children",
      section = "DESCRIPTION",
      says = "Children start out with the root of their parent, and may leave it for themselves",
      catches = "a kernel that gives new tasks the root of the mount namespace")
  void inheritedByChildren(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/inner");
    FileId jail = s.stat("/jail").value();
    FileId inner = s.stat("/jail/inner").value();
    Task bornBefore = stage.task("BORN-BEFORE");
    FileId root = bornBefore.root().value();
    s.chroot("/jail").succeeds();
    Task child = s.fork("CHILD");
    child.root().is(jail);
    child.stat("/").is(jail);
    Task grandchild = child.fork("GRANDCHILD");
    grandchild.root().is(jail);
    child.chroot("/inner").succeeds();
    child.root().is(inner);
    s.root().is(jail);
    grandchild.root().is(jail);
    bornBefore.root().is(root);
  }

  @Claim(
      id = "inherited-by-child-processes",
      section = "NOTES",
      says = "A child process made by fork(2) has its parent's root",
      catches = "a kernel that resets the root of a new process",
      userland = true)
  void inheritedByChildProcesses(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.bind("/", "/jail", MountFlag.MS_REC);
    FileId jail = s.stat("/jail").value();
    s.chroot("/jail").succeeds();
    Task child = s.process("CHILD", "env");
    child.root().is(jail);
    child.stat("/").is(jail);
  }

  @Claim(
      id = "kept-by-execve",
      section = "NOTES",
      says = "execve(2) leaves the root alone: the program and its files are found below it",
      catches = "a kernel that resets the root on execve",
      userland = true)
  void keptByExecve(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/usr");
    s.bind("/usr", "/jail/usr");
    s.symlink("usr/bin", "/jail/bin");
    s.symlink("usr/lib", "/jail/lib");
    s.symlink("usr/lib64", "/jail/lib64");
    s.mkdir("/jail/only-in-jail");
    s.chdir("/jail");
    s.chroot("/jail").succeeds();
    // env(1) is a second execve in the same process.
    stage.check(
        s.run("env", "env", "ls", "/")
            .value()
            .output()
            .equals("bin\nlib\nlib64\nonly-in-jail\nusr"),
        "a program sees another root than the task that started it");
  }

  @Claim(
      id = "other-threads-of-same-fs-follow",
      section = "DESCRIPTION",
      says =
          "The call is about the whole process: threads that share its root and working directory"
              + " (CLONE_FS) follow",
      catches = "a kernel that changes the root of the calling thread alone")
  void otherThreadsOfSameFsFollow(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    Task sharing = s.forkSharingFs("SHARING");
    FileId cwd = sharing.cwd().value();
    s.chroot("/jail").succeeds();
    sharing.root().is(jail);
    sharing.stat("/").is(jail);
    sharing.cwd().is(cwd);
  }

  @Claim(
      id = "not-following-other-fs",
      section = "DESCRIPTION",
      says = "Only the caller's own root changes: a task that does not share it keeps its own",
      catches = "a kernel that moves every task whose root was the caller's, as pivot_root(2) does")
  void notFollowingOtherFs(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    View before = p.view().value();
    s.chroot("/jail").succeeds();
    p.view().is(before);
    p.stat("/").is(before.root());
  }

  @Claim(
      id = "open-descriptors-stay-open",
      section = "DESCRIPTION",
      says = "Open descriptors stay open and still give access to what lies outside",
      catches = "a kernel that closes or revokes descriptors from outside the new root")
  void openDescriptorsStayOpen(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    FileId root = s.stat("/").value();
    FileId outside = s.stat("/outside").value();
    var descriptor = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.chdir("/jail");
    s.chroot("/jail").succeeds();
    s.stat(descriptor).is(root);
    s.stat("/outside").fails(Errno.ENOENT);
    var reached = s.openat(descriptor, "outside", OpenFlag.O_PATH).succeeds().value();
    s.stat(reached).is(outside);
  }
}
