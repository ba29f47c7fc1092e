package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.harness.task.Errno.EAGAIN;
import static org.pivotroot.tck.harness.task.Errno.EBUSY;
import static org.pivotroot.tck.harness.task.Flags.MS_BIND;
import static org.pivotroot.tck.harness.task.Flags.MS_RDONLY;
import static org.pivotroot.tck.harness.task.Flags.MS_REMOUNT;
import static org.pivotroot.tck.harness.task.Flags.MS_SHARED;
import static org.pivotroot.tck.harness.task.Flags.MS_UNBINDABLE;
import static org.pivotroot.tck.harness.task.Flags.O_DIRECTORY;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Descriptor;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.Mount;
import org.pivotroot.tck.harness.task.MountTable;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** What a new mount namespace begins with, and that it goes its own way from then on. */
@Page("mount_namespaces(7)")
class CopyClaims {

  /** A mount without the numbers that are its own: what a copy has in common with it. */
  private record Copied(
      FileId.Device device,
      String root,
      String point,
      String options,
      List<String> propagation,
      String type) {
    static Copied of(Mount mount) {
      return new Copied(
          mount.device(),
          mount.root(),
          mount.point(),
          mount.options(),
          mount.propagation(),
          mount.type());
    }
  }

  private static List<Copied> copied(MountTable table) {
    return table.mounts().stream()
        .map(Copied::of)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private static Set<Long> ids(MountTable table) {
    return table.mounts().stream().map(Mount::id).collect(Collectors.toSet());
  }

  private static boolean mounted(Task task, String point) {
    return task.mounts().value().at(point).isPresent();
  }

  @Claim(
      id = "newns-copies-mounts",
      section = "DESCRIPTION",
      says = "A new mount namespace begins with a copy of every mount of the old one",
      catches = "a kernel that leaves some kind of mount out, or hands on the mounts themselves")
  @Contradicted(
      from = "6.17",
      before = "7.2",
      because =
          "The copy of an unbindable mount is private: since 6.17 the kernel keeps the mark in a field"
              + " of its own for propagation (T_UNBINDABLE in mnt_t_flags) and no longer among the"
              + " mount's flags, and a copied mount inherits only the latter. Whether that was meant"
              + " is not known; 7.2 copies the mark again.")
  void copiesMounts(Stage stage) {
    Task s = stage.task("S");
    for (String directory : List.of("/ro", "/stack", "/shared", "/unbindable", "/bind")) {
      s.mkdir(directory);
    }
    s.createFile("/file");
    s.createFile("/new/old/file");
    s.bind("/new", "/ro");
    s.mount("none", "/ro", "", MS_BIND, MS_REMOUNT, MS_RDONLY);
    s.mountTmpfs("/stack");
    s.mountTmpfs("/stack");
    s.mountTmpfs("/shared");
    s.propagation("/shared", MS_SHARED);
    s.mountTmpfs("/unbindable");
    s.propagation("/unbindable", MS_UNBINDABLE);
    s.bind("/new/old", "/bind");
    s.bind("/new/old/file", "/file");
    MountTable before = s.mounts().value();
    Task q = stage.taskInOtherNamespace("Q");
    MountTable copy = q.mounts().value();
    s.mounts().is(before);
    stage.check(copied(copy).equals(copied(before)), "the copy differs from the original");
    stage.check(
        ids(copy).stream().noneMatch(ids(before)::contains), "a mount is in both namespaces");
    stage.check(ids(copy).size() == copy.mounts().size(), "two copies have one mount ID");
  }

  @Claim(
      id = "newns-copies-the-tree",
      section = "DESCRIPTION",
      says = "The copies hang on each other as the originals do",
      catches = "a kernel that hangs all copies on the root")
  void copiesTheTree(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/deep");
    s.mountTmpfs("/new/old/deep");
    Task q = stage.taskInOtherNamespace("Q");
    MountTable copy = q.mounts().value();
    Mount root = copy.at("/").orElseThrow();
    Mount first = copy.at("/new").orElseThrow();
    Mount second = copy.at("/new/old").orElseThrow();
    Mount third = copy.at("/new/old/deep").orElseThrow();
    stage.check(first.parent() == root.id(), "/new does not hang on the root");
    stage.check(second.parent() == first.id(), "/new/old does not hang on /new");
    stage.check(third.parent() == second.id(), "/new/old/deep does not hang on /new/old");
    stage.check(
        q.stat("/new/old/deep").value().sameFile(s.stat("/new/old/deep").value()),
        "the copy shows another file system");
  }

  @Claim(
      id = "changes-invisible-across-private",
      section = "DESCRIPTION",
      says = "Later mounts and unmounts in one namespace leave the list of the other alone",
      catches = "a kernel in which namespaces share a mount table")
  void changesInvisible(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    MountTable ofQ = q.mounts().value();
    s.mountTmpfs("/new/old").succeeds();
    s.umount("/new/old").succeeds();
    s.umount("/new").succeeds();
    s.mountTmpfs("/place").succeeds();
    q.mounts().is(ofQ);
    MountTable ofS = s.mounts().value();
    q.mountTmpfs("/new/old").succeeds();
    q.bind("/new", "/place").succeeds();
    q.umount("/new/old").succeeds();
    s.mounts().is(ofS);
  }

  @Claim(
      id = "same-namespace-same-view",
      section = "DESCRIPTION",
      says = "All tasks of one mount namespace see the same mounts",
      catches = "a kernel that gives each task a list of its own")
  void sameView(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.mountTmpfs("/new/old").succeeds();
    p.mounts().is(s.mounts().value());
    p.umount("/new/old").succeeds();
    s.mounts().is(p.mounts().value());
    stage.check(s.view().value().equals(p.view().value()), "S and P differ");
  }

  @Claim(
      id = "foreign-mount-point-may-be-removed",
      section = "DESCRIPTION",
      says =
          "A directory that is a mount point in another namespace only may be removed, and the"
              + " mount there goes with it",
      catches = "a kernel before Linux 3.18: EBUSY, or a mount that stays without a place")
  void foreignMountPointRemoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/place");
    stage.check(mounted(q, "/place"), "/place of Q is not mounted");
    q.rmdir("/place").fails(EBUSY);
    s.rmdir("/place").succeeds();
    stage.check(!mounted(q, "/place"), "the mount of Q is still there");
  }

  @Claim(
      id = "foreign-mount-point-may-be-renamed",
      section = "DESCRIPTION",
      says = "A directory that is a mount point in another namespace only may be renamed",
      catches = "a kernel before Linux 3.18: EBUSY")
  void foreignMountPointRenamed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/place");
    q.rename("/place", "/elsewhere").fails(EBUSY);
    s.rename("/place", "/elsewhere").succeeds();
    stage.fact(
        "where-it-is-mounted-afterwards",
        mounted(q, "/elsewhere") ? "new name" : mounted(q, "/place") ? "old name" : "nowhere");
  }

  @Claim(
      id = "renamed-foreign-mount-point-is-removed",
      section = "DESCRIPTION",
      says = "When a mount point is renamed in a namespace where it is none, it is no longer one",
      catches = "a kernel that moves the mount along with its directory")
  @Contradicted(
      because =
          "Only removal dissolves the mount (detach_mounts in vfs_rmdir and vfs_unlink); a rename"
              + " takes the directory, with what is mounted on it elsewhere, to its new name")
  void renamedForeignMountPointRemoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/place");
    FileId there = q.stat("/place").value();
    s.rename("/place", "/elsewhere").succeeds();
    stage.check(
        q.mounts().value().withId(there.mount()).isEmpty(), "the mount is still in Q's table");
  }

  @Claim(
      id = "foreign-file-mount-point-may-be-unlinked",
      section = "DESCRIPTION",
      says = "A file that is a mount point in another namespace only may be unlinked",
      catches = "a kernel that has the rule for directories only")
  void foreignFileMountPointUnlinked(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/place");
    s.createFile("/new/file");
    Task q = stage.taskInOtherNamespace("Q");
    q.bind("/new/file", "/place");
    q.unlink("/place").fails(EBUSY);
    s.unlink("/place").succeeds();
    stage.check(!mounted(q, "/place"), "the mount of Q is still there");
  }

  @Claim(
      id = "namespace-ends-with-last-member",
      section = "DESCRIPTION",
      says = "A namespace without members is removed, and its mounts with it",
      catches = "a kernel in which the mounts of a dead namespace keep file systems alive")
  void endsWithLastMember(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new");
    q.mkdir("/new/inside");
    Descriptor inotify = s.inotifyInit().value();
    q.inotifyAddWatch(inotify, "/new/inside");
    s.inotifyEvents(inotify).fails(EAGAIN);
    q.exit();
    s.inotifyEvents(inotify).is("IN_UNMOUNT IN_IGNORED");
  }

  @Claim(
      id = "namespace-end-detaches-lazily",
      section = "DESCRIPTION",
      says = "A descriptor keeps working in a mount whose namespace has ended",
      catches = "a kernel that ends the file systems of a dead namespace under their users",
      editions = "none")
  void endDetachesLazily(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new");
    q.mkdir("/new/inside");
    FileId inside = q.stat("/new/inside").value();
    Descriptor directory = q.open("/new/inside", O_DIRECTORY).value();
    q.exit();
    s.stat(directory).is(inside);
    s.openat(directory, "..", O_DIRECTORY).succeeds();
  }
}
