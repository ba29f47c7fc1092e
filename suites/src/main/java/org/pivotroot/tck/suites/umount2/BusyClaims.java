package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;
import static org.pivotroot.tck.model.call.OpenFlag.O_PATH;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What keeps a mount busy, and what does not. */
@Page("umount(2)")
class BusyClaims {

  @Claim(
      id = "umount-ok-when-idle",
      section = "DESCRIPTION",
      says = "The attachment of the file system mounted on the target is removed",
      catches = "a kernel that hides the mount but keeps it in the table, or keeps the file system")
  void okWhenIdle(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId mounted = s.stat("/new").value();
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    s.umount("/new").succeeds();
    s.seesEndOfFileSystem(inotify);
    for (Task each : new Task[] {s, p}) {
      each.mountOf(mounted).isAbsent();
      FileId below = each.stat("/new").value();
      stage.check(stage.areInOneMount(below, each.stat("/").value()), "/new is still a mount");
    }
  }

  @Claim(
      id = "umount-topmost-first",
      section = "DESCRIPTION",
      says = "Of several file systems mounted on one target, the topmost is unmounted",
      catches = "a kernel that unmounts the lowest, or all of them")
  void topmostFirst(Stage stage) {
    Task s = stage.task("S");
    FileId lower = s.stat("/new").value();
    s.mountTmpfs("/new");
    FileId upper = s.stat("/new").value();
    stage.check(!stage.areOnePlace(upper, lower), "the second mount is not on top");
    s.umount("/new").succeeds();
    s.stat("/new").is(lower);
    s.mountOf(upper).isAbsent();
    s.umount("/new").succeeds();
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-file-mount-point",
      section = "DESCRIPTION",
      says = "The target may be a file on which another file is mounted",
      catches = "a kernel that takes directories only")
  void fileMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/below");
    s.createFile("/new/above");
    FileId below = s.stat("/below").value();
    s.bind("/new/above", "/below");
    stage.check(s.stat("/below").value().sameFile(s.stat("/new/above").value()), "not mounted");
    s.umount("/below").succeeds();
    s.stat("/below").is(below);
  }

  @Claim(
      id = "umount-ebusy-cwd-inside",
      section = "ERRORS",
      says = "A mount is busy while a task has its working directory in it",
      catches = "a kernel that looks at open files only")
  void cwdInside(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chdir("/new/old");
    s.umount("/new").fails(EBUSY);
    p.chdir("/");
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-own-cwd",
      section = "ERRORS",
      says = "The caller's own working directory keeps a mount busy too",
      catches = "a kernel that leaves the caller out of account")
  void ownCwd(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.umount("/new").fails(EBUSY);
    s.umount(".").fails(EBUSY);
    s.chdir("/");
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-root-inside",
      section = "ERRORS",
      says = "A mount is busy while a task has its root in it",
      catches = "a kernel that looks at working directories only")
  void rootInside(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId outside = p.cwd().value();
    p.chroot("/new/old");
    p.cwd().is(outside);
    s.umount("/new").fails(EBUSY);
    p.chroot("."); // its working directory is still outside
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-until-task-ends",
      section = "ERRORS",
      says = "A task that ends no longer keeps the mount of its root busy",
      catches = "a kernel that lets go of an ended task's root late")
  void untilTaskEnds(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    s.umount("/new").fails(EBUSY);
    p.exit();
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-open-file",
      section = "ERRORS",
      says = "A mount is busy while a file in it is open",
      catches = "a kernel that looks at roots and working directories only")
  void openFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    Descriptor file = s.open("/new/file", O_RDONLY).value();
    s.umount("/new").fails(EBUSY);
    s.close(file);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-unlinked-open-file",
      section = "ERRORS",
      says = "An open file keeps its mount busy even when it has no name any more",
      catches = "a kernel that finds open files by their names")
  void unlinkedOpenFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    Descriptor file = s.open("/new/file", O_RDONLY).value();
    s.unlink("/new/file");
    s.umount("/new").fails(EBUSY);
    s.close(file);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-open-directory",
      section = "ERRORS",
      says = "A mount is busy while its root directory is open",
      catches = "a kernel that lets open directories be cut off")
  void openDirectory(Stage stage) {
    Task s = stage.task("S");
    Descriptor directory = s.open("/new", O_DIRECTORY).value();
    s.umount("/new").fails(EBUSY);
    s.close(directory);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-path-descriptor",
      section = "ERRORS",
      says = "A descriptor that only names a place (O_PATH) keeps its mount busy too",
      catches = "a kernel in which O_PATH holds no mount")
  void pathDescriptor(Stage stage) {
    Task s = stage.task("S");
    Descriptor place = s.open("/new/old", O_PATH).value();
    s.umount("/new").fails(EBUSY);
    s.close(place);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-mapped-file",
      section = "ERRORS",
      says = "A mount is busy while a file in it is mapped, though no descriptor is open",
      catches = "a kernel that looks at descriptors only")
  void mappedFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    Descriptor file = s.open("/new/file", O_RDONLY).value();
    Value.Mapping mapping = s.mmap(file).value();
    s.close(file);
    s.umount("/new").fails(EBUSY);
    s.munmap(mapping);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-running-executable",
      section = "ERRORS",
      says = "A mount is busy while a program from it is running",
      catches = "a kernel that lets the executable of a process be unmounted",
      userland = true)
  void runningExecutable(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/dash", "/new/dash").value();
    // The shell from /new waits for its child; nothing else of either is in /new.
    Task p = s.process("P", "/new/dash", "-c", "\"$@\"; exit 0", "dash");
    s.umount("/new").fails(EBUSY);
    p.exit();
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-submount",
      section = "ERRORS",
      says = "A mount is busy while something is mounted in it",
      catches = "a kernel that unmounts what is below as well, or cuts it off")
  void submount(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.umount("/new").fails(EBUSY);
    s.umount("/new/old").succeeds();
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-other-mount-of-filesystem-not-busy",
      section = "DESCRIPTION",
      says = "Use of a file system through another of its mounts does not keep this mount busy",
      catches = "a kernel that counts the users of the file system, not those of the mount")
  void otherMountNotBusy(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.mkdir("/other");
    s.bind("/new", "/other");
    p.chdir("/other/old");
    FileId inside = p.stat(".").value();
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    s.umount("/other").fails(EBUSY);
    s.umount("/new").succeeds();
    s.inotifyEvents(inotify).fails(EAGAIN);
    p.stat(".").is(inside);
    s.stat("/other/old").is(inside);
  }

  @Claim(
      id = "umount-copy-in-other-namespace-not-busy",
      section = "DESCRIPTION",
      says = "Use of the copy of a mount in another mount namespace does not keep this one busy",
      catches = "a kernel that counts over all namespaces",
      editions = "none")
  void copyInOtherNamespaceNotBusy(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.chdir("/new/old");
    FileId inside = q.stat(".").value();
    q.umount("/new").fails(EBUSY);
    s.umount("/new").succeeds();
    q.stat("/new/old").is(inside);
    q.cwd().is(inside);
  }

  @Claim(
      id = "umount-ebusy-user-in-other-namespace",
      section = "ERRORS",
      says = "A task of another mount namespace keeps the mount busy if it stands in that very one",
      catches = "a kernel that asks the tasks of the caller's namespace only")
  void userInOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor directory = s.open("/new", O_DIRECTORY).value();
    q.fchdir(directory);
    s.close(directory);
    s.umount("/new").fails(EBUSY);
    q.chdir("/");
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "umount-ebusy-in-peer",
      section = "NOTES",
      says = "An unmount that would reach a peer fails if the peer's copy is busy",
      catches = "a kernel that looks at the caller's own mount only before it propagates",
      editions = "none")
  void busyInPeer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/sub");
    s.propagation("/new", MountFlag.MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/sub");
    q.chdir("/new/sub");
    s.umount("/new/sub").fails(EBUSY);
    q.chdir("/");
    s.umount("/new/sub").succeeds();
    q.mountAt("/new/sub").isAbsent();
  }
}
