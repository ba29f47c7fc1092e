package org.pivotroot.tck.suites.umount2;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Lazy unmounting. */
@Page("umount(2)")
class DetachClaims {

  @Claim(
      id = "umount-detach-while-busy",
      section = "DESCRIPTION",
      says = "MNT_DETACH takes a busy mount out of the mount table at once, for every task",
      catches = "a kernel that refuses, or that waits until the mount is idle")
  void whileBusy(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId mounted = s.stat("/new").value();
    p.chdir("/new/old");
    s.umount("/new").fails(EBUSY);
    s.umount("/new", MNT_DETACH).succeeds();
    for (Task each : new Task[] {s, p}) {
      each.mountOf(mounted).isAbsent();
    }
    FileId below = s.stat("/new").value();
    stage.check(stage.areInOneMount(below, s.stat("/").value()), "/new still leads into the mount");
  }

  @Claim(
      id = "umount-detach-when-idle",
      section = "DESCRIPTION",
      says = "MNT_DETACH of a mount that nobody uses unmounts it like any other call",
      catches = "a kernel that leaves an idle mount's file system behind")
  void whenIdle(Stage stage) {
    Task s = stage.task("S");
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    s.umount("/new", MNT_DETACH).succeeds();
    s.seesEndOfFileSystem(inotify);
    s.mountAt("/new").isAbsent();
  }

  @Claim(
      id = "umount-detach-keeps-users-working",
      section = "DESCRIPTION",
      says = "Tasks and descriptors that are inside a detached mount go on using it",
      catches = "a kernel that moves them out, or fails their calls")
  void keepsUsersWorking(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task jailed = stage.task("J");
    s.createFile("/new/old/file");
    FileId file = s.stat("/new/old/file").value();
    Descriptor directory = s.open("/new/old", O_DIRECTORY).value();
    p.chdir("/new/old");
    jailed.chroot("/new");
    FileId inside = p.stat(".").value();
    FileId root = jailed.root().value();
    s.umount("/new", MNT_DETACH).succeeds();
    p.cwd().is(inside);
    p.stat("file").is(file);
    p.createFile("later").succeeds();
    p.chdir("..").succeeds();
    jailed.root().is(root);
    jailed.stat("/old/file").is(file);
    s.stat(directory).is(inside);
    s.openat(directory, "later", O_RDONLY).succeeds();
  }

  @Claim(
      id = "umount-detach-no-new-accesses",
      section = "DESCRIPTION",
      says = "By its old name the detached mount is no longer found; what it covered is",
      catches = "a kernel that keeps the name working while somebody uses the mount")
  void noNewAccesses(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId covered = coveredDirectory(s);
    p.chdir("/new");
    s.umount("/new", MNT_DETACH).succeeds();
    s.stat("/new").is(covered);
    p.stat("/new").is(covered);
    // Upwards there is nothing: the detached mount is a tree of its own.
    FileId inside = p.stat(".").value();
    p.stat("..").is(inside);
  }

  private static FileId coveredDirectory(Task s) {
    s.umount("/new");
    FileId covered = s.stat("/new").value();
    s.mountTmpfs("/new");
    return covered;
  }

  @Claim(
      id = "umount-detach-recursive",
      section = "DESCRIPTION",
      says = "MNT_DETACH takes everything mounted below out of the mount table as well",
      catches = "a kernel that refuses because of submounts, or leaves them in the table")
  void recursive(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/deep");
    s.umount("/new", MNT_DETACH).succeeds();
    s.drawing().is("/");
  }

  @Claim(
      id = "umount-detach-disconnects-submounts",
      section = "DESCRIPTION",
      says = "The mounts below a detached mount are disconnected from it, not only from the table",
      catches = "a kernel that leaves the detached tree in one piece")
  void disconnectsSubmounts(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task below = stage.task("B");
    FileId covered = s.stat("/new/old").value();
    s.mountTmpfs("/new/old");
    FileId sub = s.stat("/new/old").value();
    p.chdir("/new");
    below.chdir("/new/old");
    s.umount("/new", MNT_DETACH).succeeds();
    p.stat("old").is(covered);
    below.stat(".").is(sub);
    below.stat("..").is(sub);
  }

  @Claim(
      id = "umount-detach-disconnects-locked-submounts",
      section = "DESCRIPTION",
      says = "The mounts below a detached mount are disconnected from it, locked ones included",
      catches = "a kernel that begins to show what a locked mount covers",
      userland = true)
  @Contradicted(
      before = "7.3",
      because =
          "Mounts that came together from a more privileged namespace stay connected when they are"
              + " detached, since Linux 4.1: apart, the upper would show what the lower covers."
              + " From 7.3 the place shows neither the submount nor what that covers, but an empty"
              + " directory of a third file system, in which nothing can be made")
  void disconnectsLockedSubmounts(Stage stage) {
    Task s = stage.task("S");
    FileId covered = s.stat("/new/old").value();
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U");
    // A recursive bind mount of what came locked together: its own top may go, not its parts.
    u.mkdir("/top");
    u.mount("/new", "/top", "", MS_BIND, MS_REC);
    u.chdir("/top");
    u.umount("/top/old").fails(EINVAL);
    FileId sub = u.stat("old").value();
    stage.check(!sub.sameFile(covered), "nothing is mounted on /top/old");
    u.umount("/top", MNT_DETACH).value();
    FileId now = u.stat("old").value();
    String shows = now.sameFile(covered) ? "what it covers" : "neither that nor what it covers";
    stage.fact("old-after-detach", now.sameFile(sub) ? "the submount" : shows);
    stage.check(!now.sameFile(sub), "the locked submount is still connected");
  }

  @Claim(
      id = "umount-detach-then-last-user-frees",
      section = "DESCRIPTION",
      says = "The unmount itself is done when the detached mount ceases to be busy",
      catches = "a kernel that ends the file system under its users, or never")
  void lastUserFrees(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    Descriptor directory = s.open("/new", O_DIRECTORY).value();
    p.chdir("/new/old");
    s.umount("/new", MNT_DETACH).succeeds();
    s.inotifyEvents(inotify).fails(EAGAIN);
    s.close(directory);
    s.inotifyEvents(inotify).fails(EAGAIN);
    p.chdir("/");
    s.seesEndOfFileSystem(inotify);
  }

  @Claim(
      id = "umount-detached-cannot-be-detached-again",
      section = "ERRORS",
      says = "A mount that was detached is no mount point any more: unmounting it again is EINVAL",
      catches = "a kernel that takes a detached mount for one of the caller's namespace")
  void notTwice(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chdir("/new");
    p.umount(".").fails(EBUSY); // it is a mount point, and of this namespace
    s.umount("/new", MNT_DETACH).succeeds();
    p.umount(".", MNT_DETACH).fails(EINVAL);
    p.umount(".").fails(EINVAL);
  }

  @Claim(
      id = "umount-detach-own-root",
      section = "DESCRIPTION",
      says = "MNT_DETACH takes even the caller's root out of the mount table",
      catches = "a kernel that treats the root as it does without the flag, or refuses")
  void ownRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.umount("/", MNT_DETACH).succeeds();
    s.mountOf(root).isAbsent();
    s.mounts().is(new MountTable(List.of()));
    s.root().is(root);
    s.stat("/").is(root);
    s.mkdir("/still").succeeds();
  }
}
