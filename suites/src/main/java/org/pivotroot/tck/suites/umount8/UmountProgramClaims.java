package org.pivotroot.tck.suites.umount8;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** The program umount of util-linux. */
@Page("umount(8)")
class UmountProgramClaims {
  private static final Ran SILENT = new Ran(0, "", "");

  private static Ran busy(String point) {
    return new Ran(32, "", "umount: " + point + ": target is busy.");
  }

  @Claim(
      id = "umount-command-detaches",
      section = "DESCRIPTION",
      says = "A file system is taken out of the hierarchy when its mount point is named",
      catches = "a kernel in which the files stay reachable, or what they covered stays hidden",
      userland = true)
  void detaches(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/old/covered");
    FileId covered = s.stat("/new/old").value();
    s.mountTmpfs("/new/old");
    s.createFile("/new/old/file");
    MountTable before = s.mounts().value();
    s.run("umount", "/new/old").is(SILENT);
    s.stat("/new/old").is(covered);
    s.stat("/new/old/file").fails(ENOENT);
    s.stat("/new/old/covered").succeeds();
    s.mountAt("/new/old").isAbsent();
    stage.check(
        s.mounts().value().mounts().size() == before.mounts().size() - 1,
        "not just one mount is gone");
  }

  @Claim(
      id = "umount-command-busy",
      section = "DESCRIPTION",
      says = "A file system with open files or working directories on it is busy and stays",
      catches = "a kernel that does not count one of the two users",
      userland = true)
  void busyFails(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.mountTmpfs("/new/old");
    s.createFile("/new/old/file");
    MountTable before = s.mounts().value();
    Descriptor file = s.open("/new/old/file").value();
    s.run("umount", "/new/old").is(busy("/new/old"));
    s.close(file);
    p.chdir("/new/old");
    s.run("umount", "/new/old").is(busy("/new/old"));
    s.mounts().is(before);
    p.chdir("/");
    s.run("umount", "/new/old").is(SILENT);
  }

  @Claim(
      id = "umount-command-lazy",
      section = "OPTIONS",
      says = "-l takes a busy file system out at once and lets it go when it is no longer busy",
      catches = "a kernel that refuses, or ends the file system under its user, or never",
      userland = true)
  void lazy(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    Descriptor directory = s.open("/new/old", O_DIRECTORY).value();
    s.run("umount", "/new/old").is(busy("/new/old"));
    s.run("umount", "-l", "/new/old").is(SILENT);
    s.mountAt("/new/old").isAbsent();
    s.inotifyEvents(inotify).fails(EAGAIN);
    s.close(directory);
    s.seesEndOfFileSystem(inotify);
  }

  @Claim(
      id = "umount-command-exit-status",
      section = "EXIT STATUS",
      says = "It ends with 0 on success, 1 on wrong use, 32 if it could not unmount",
      catches = "a kernel with another error for a directory that is no mount point",
      userland = true)
  void exitStatus(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/dir");
    Ran usage = s.run("umount").value();
    stage.check(usage.status() == 1, () -> "without arguments it ended with " + usage.status());
    s.run("umount", "/new/dir").is(new Ran(32, "", "umount: /new/dir: not mounted."));
    s.mountAt("/new/old").isThere();
    s.run("umount", "/new/old").is(SILENT);
  }

  /** Two ramfs, in the second of which task P works. */
  private static Task oneOfTwoBusy(Stage stage, Task s) {
    for (String point : new String[] {"/idle", "/busy"}) {
      s.mkdir(point);
      s.mount("ramfs", point, "ramfs");
    }
    Task p = stage.task("P");
    p.chdir("/busy");
    return p;
  }

  @Claim(
      id = "umount-command-all-exit-status",
      section = "EXIT STATUS",
      says = "-a ends with 32 if nothing could be unmounted and with 0 if everything was",
      catches = "a kernel that unmounts what is in use, or calls what is not busy",
      editions = "2.41+",
      userland = true)
  @Needs(Feature.RAMFS)
  void allExitStatus(Stage stage) {
    Task s = stage.task("S");
    Task p = oneOfTwoBusy(stage, s);
    s.umount("/idle");
    Ran failed = s.run("umount", "-a", "-t", "ramfs").value();
    stage.check(failed.status() == 32, () -> "it ended with " + failed.status());
    s.mountAt("/busy").isThere();
    p.chdir("/");
    s.mount("ramfs", "/idle", "ramfs");
    s.run("umount", "-a", "-t", "ramfs").is(SILENT);
    s.mountAt("/busy").isAbsent();
    s.mountAt("/idle").isAbsent();
    s.mountAt("/new").isThere();
  }

  @Claim(
      id = "umount-command-exit-status-some",
      section = "EXIT STATUS",
      says = "-a ends with 64 if something was unmounted and something else could not be",
      catches = "a kernel that unmounts what is in use, or nothing after the first that is",
      editions = "2.41+",
      userland = true)
  @Contradicted(
      because =
          "It is the program, not the kernel: umount_all() joins the statuses 0 and 32 of the single"
              + " mounts by a bitwise or, which gives 32, and uses 64 nowhere.")
  @Needs(Feature.RAMFS)
  void exitStatusSome(Stage stage) {
    Task s = stage.task("S");
    oneOfTwoBusy(stage, s);
    Ran some = s.run("umount", "-a", "-t", "ramfs").value();
    MountTable after = s.mounts().value();
    stage.fact("unmounted", after.at("/idle").isPresent() ? "nothing" : "what was idle");
    stage.fact("still mounted", after.at("/busy").isPresent() ? "what was busy" : "nothing");
    stage.check(some.status() == 64, () -> "it ended with " + some.status());
  }

  @Claim(
      id = "umount-command-all-targets",
      section = "OPTIONS",
      says = "-A unmounts every mount of a file system in this namespace, and none in another",
      catches = "a kernel in which unmounting reaches private copies in other namespaces",
      userland = true)
  void allTargets(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/one");
    s.newTmpfs("/other");
    s.mountTmpfs("/new/old");
    s.bind("/new/old", "/one");
    Task q = stage.taskInOtherNamespace("Q");
    MountTable ofQ = q.mounts().value();
    s.run("umount", "-A", "/one").is(SILENT);
    s.mountAt("/one").isAbsent();
    s.mountAt("/new/old").isAbsent();
    s.mountAt("/other").isThere();
    q.mounts().is(ofQ);
  }

  @Claim(
      id = "umount-command-all-targets-recursive",
      section = "OPTIONS",
      says = "-A with -R unmounts what is mounted in those mounts as well",
      catches = "a kernel that unmounts a mount with others in it, or none of them",
      userland = true)
  void allTargetsRecursive(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/one");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/sub");
    s.bind("/new/old", "/one");
    s.mountTmpfs("/new/old/sub");
    s.mountTmpfs("/one/sub");
    Ran plain = s.run("umount", "-A", "/one").value();
    stage.check(plain.status() == 32, () -> "without -R it ended with " + plain.status());
    s.mountAt("/new/old/sub").isThere();
    s.mountAt("/one/sub").isThere();
    s.run("umount", "-A", "-R", "/one").is(SILENT);
    for (String each : new String[] {"/one", "/one/sub", "/new/old", "/new/old/sub"}) {
      s.mountAt(each).isAbsent();
    }
  }

  @Claim(
      id = "umount-command-recursive",
      section = "OPTIONS",
      says = "-R unmounts what is mounted below first, and then the mount that is named",
      catches = "a kernel whose mountinfo does not list the mounts below",
      userland = true)
  void recursive(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.mounts().value();
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/a");
    s.newTmpfs("/new/old/a/b");
    s.run("umount", "/new/old").is(busy("/new/old"));
    s.run("umount", "-R", "/new/old").is(SILENT);
    s.mounts().is(before);
  }

  @Claim(
      id = "umount-command-recursive-over-mounted",
      section = "OPTIONS",
      says = "-R unmounts all mounts that are stacked at the place",
      catches = "a kernel whose mountinfo leaves out mounts that are covered",
      userland = true)
  void overMounted(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.mounts().value();
    s.mountTmpfs("/new/old");
    s.mountTmpfs("/new/old");
    s.mountTmpfs("/new/old");
    s.run("umount", "/new/old").is(SILENT);
    s.mountAt("/new/old").isThere();
    s.run("umount", "-R", "/new/old").is(SILENT);
    s.mounts().is(before);
  }

  @Claim(
      id = "umount-command-recursive-stops-at-failure",
      section = "OPTIONS",
      says = "-R ends at the first mount that cannot be unmounted",
      catches = "a kernel that unmounts a parent before its children",
      userland = true)
  void recursiveStops(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    // The program goes by mount IDs, and the kernel gives out those that became free again.
    NavigableMap<Long, String> mounts = new TreeMap<>();
    for (String name : List.of("/one", "/two", "/three")) {
      s.newTmpfs(name);
      mounts.put(stage.mountOf(s.stat(name).value()), name);
    }
    for (String name : List.of("/new/old/first", "/new/old/middle", "/new/old/last")) {
      s.mkdir(name);
      s.move(mounts.pollFirstEntry().getValue(), name);
    }
    Descriptor directory = s.open("/new/old/middle", O_DIRECTORY).value();
    s.run("umount", "-R", "/new/old").is(busy("/new/old/middle"));
    s.mountAt("/new/old").isThere();
    s.mountAt("/new/old/middle").isThere();
    MountTable after = s.mounts().value();
    stage.check(
        after.at("/new/old/first").isPresent() != after.at("/new/old/last").isPresent(),
        "it did not unmount just one before the busy one");
    s.close(directory);
    s.run("umount", "-R", "/new/old").is(SILENT);
  }

  @Claim(
      id = "umount-command-namespace",
      section = "OPTIONS",
      says = "-N unmounts in another namespace, which needs to hold neither umount nor libraries",
      catches = "a kernel in which a running program loses its files with a change of namespace",
      userland = true)
  void namespace(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/busybox", "/busybox").is(SILENT);
    s.createFile("/ns");
    s.mountTmpfs("/new/old");
    MountTable before = s.mounts().value();
    s.run("unshare", "--mount=/ns", "umount", "-l", "/usr").is(SILENT);
    s.run("nsenter", "--mount=/ns", "/busybox", "test", "!", "-e", "/usr/bin/umount").is(SILENT);
    s.run("nsenter", "--mount=/ns", "/busybox", "grep", "-c", " /new/old ", "/proc/self/mountinfo")
        .is(new Ran(0, "1", ""));
    s.run("umount", "-N", "/ns", "/new/old").is(SILENT);
    s.run("nsenter", "--mount=/ns", "/busybox", "grep", "-c", " /new/old ", "/proc/self/mountinfo")
        .is(new Ran(1, "0", ""));
    s.umount("/ns").succeeds();
    s.mounts().is(before);
  }
}
