package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;

/** What a new mount namespace begins with, and that it goes its own way from then on. */
@Page("mount_namespaces(7)")
class CopyClaims {

  /** What copies have in common with their originals: all but the numbers that are their own. */
  private static List<Mount> copied(MountTable table) {
    return table.mounts().stream()
        .map(mount -> mount.placed(0, 0, mount.point()))
        .sorted(Comparator.comparing(Mount::toString))
        .toList();
  }

  private static Set<Long> ids(MountTable table) {
    return table.mounts().stream().map(Mount::id).collect(Collectors.toSet());
  }

  @Claim(
      id = "newns-copies-mounts",
      section = "DESCRIPTION",
      says = "A new mount namespace begins with a copy of every mount of the old one",
      catches = "a kernel that leaves some kind of mount out, or hands on the mounts themselves")
  @Contradicted(
      from = "6.17",
      before = "7.2.11",
      because =
          "The copy of an unbindable mount is private: since 6.17 the kernel keeps the mark in a field"
              + " of its own for propagation (T_UNBINDABLE in mnt_t_flags) and no longer among the"
              + " mount's flags, and a copied mount inherits only the latter. Whether that was meant"
              + " is not known. 7.2.11 copies the mark again and 7.2.9 does not yet; no kernel is"
              + " packaged from between them.")
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
    if (stage.has(Feature.UNBINDABLE_MOUNTS)) {
      s.propagation("/unbindable", MS_UNBINDABLE);
    }
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
    s.newTmpfs("/new/old/deep");
    Task q = stage.taskInOtherNamespace("Q");
    q.drawing()
        .is(
            """
            /
              /new
                /new/old
                  /new/old/deep""");
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
    stage.check(stage.areAlike(s.view().value(), p.view().value()), "S and P differ");
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
    q.mountAt("/place").isThere();
    q.rmdir("/place").fails(EBUSY);
    s.rmdir("/place").succeeds();
    q.mountAt("/place").isAbsent();
  }

  @Claim(
      id = "removed-foreign-mount-point-takes-its-tree-along",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "Whoever is in the mount that went with its directory still finds there what is mounted"
              + " below it",
      catches = "a kernel that takes such a tree apart, and shows what its mounts covered")
  @Contradicted(
      from = "7.3",
      because =
          "__detach_mounts() takes the tree apart and leaves a cover (struct mnt_cover) in the place"
              + " of each mount: it is out of sight, and what it hid stays hidden")
  void foreignMountPointTakesItsTreeAlong(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/place");
    q.mkdir("/place/in");
    q.mkdir("/place/in/covered");
    q.mountTmpfs("/place/in");
    q.mkdir("/place/in/deep");
    FileId in = q.stat("/place/in").value();
    q.chdir("/place");
    s.rmdir("/place").succeeds();
    q.mountOf(in).isAbsent();
    q.stat("in/covered").fails(ENOENT);
    q.stat("in").is(in);
    q.stat("in/deep").succeeds();
    q.stat("in/..").is(q.stat(".").value());
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
    MountTable after = q.mounts().value();
    stage.fact(
        "where-it-is-mounted-afterwards",
        after.at("/elsewhere").isPresent()
            ? "new name"
            : after.at("/place").isPresent() ? "old name" : "nowhere");
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
    q.mountOf(there).isAbsent();
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
    q.mountAt("/place").isAbsent();
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
    s.seesEndOfFileSystem(inotify);
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
    Descriptor top = s.openat(directory, "..", O_DIRECTORY).value();
    Descriptor above = s.openat(directory, "../..", O_DIRECTORY).value();
    // Taken apart, the mount is on nothing any more.
    s.stat(above).is(s.stat(top).value());
    s.fchdir(directory);
    s.bind(".", "/new/old").fails(EINVAL);
    s.mkdir("still").succeeds();
  }
}
