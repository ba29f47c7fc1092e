package org.pivotroot.tck.suites.pivotroot2;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/**
 * What the page says, of overlays, which the roots of most containers are. An overlay has clones of
 * the mounts of its layers, which are in no namespace (clone_private_mount() in fs/namespace.c).
 */
@Page("pivot_root(2)")
@Needs(Feature.OVERLAYFS)
class OverlayClaims {
  private static final String LOWER = "/layers/lower";
  private static final String UPPER = "/layers/upper";
  private static final String WORK = "/layers/work";

  /** The layers, on a tmpfs of their own, with two directories in the lower; and where to mount. */
  private static void makeLayers(Task s) {
    s.newTmpfs("/layers");
    for (String directory : List.of(LOWER, UPPER, WORK, LOWER + "/old", LOWER + "/dir", "/over")) {
      s.mkdir(directory);
    }
  }

  private static void mountOverlay(Task s) {
    makeLayers(s);
    s.mountOverlay(LOWER, UPPER, WORK, "/over").succeeds();
  }

  @Claim(
      id = "overlay-becomes-root",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "An overlay becomes the root like any mount: root and working directory of all who were"
              + " at the old one move, and what is written goes to its upper layer alone",
      catches = "a kernel that takes a layer for the new root, or moves the caller alone")
  void becomesRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    mountOverlay(s);
    FileId root = s.stat("/").value();
    FileId over = s.stat("/over").value();
    s.pivotRoot("/over", "/over/old").succeeds();
    s.root().is(over);
    s.cwd().is(over);
    p.root().is(over);
    p.cwd().is(over);
    s.stat("/").is(over);
    s.stat("/..").is(over);
    s.mountAt("/").isFileSystem("overlay");
    s.stat("/old").is(root);
    s.mkdir("/made").succeeds();
    s.stat("/old" + UPPER + "/made").succeeds();
    s.stat("/old" + LOWER + "/made").fails(ENOENT);
  }

  @Claim(
      id = "overlay-becomes-old-root",
      section = "DESCRIPTION",
      editions = "none",
      says = "A root that is an overlay is put at put_old whole, and can be detached from there",
      catches = "a kernel that puts a layer there, or leaves the overlay where it was")
  void becomesOldRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    mountOverlay(s);
    s.newTmpfs("/over/new");
    s.mkdir("/over/new/old");
    FileId over = s.stat("/over").value();
    FileId next = s.stat("/over/new").value();
    s.chroot("/over");
    s.chdir("/dir");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(next);
    s.stat("/old").is(over);
    s.getcwd().is("/old/dir");
    p.stat("/over").is(next);
    p.stat("/over/old").is(over);
    s.umount("/old", MNT_DETACH).succeeds();
    p.mountOf(over).isAbsent();
    s.mkdir("made").succeeds();
    p.stat(UPPER + "/dir/made").succeeds();
  }

  @Claim(
      id = "overlay-outlives-old-root",
      section = "NOTES",
      editions = "none",
      says =
          "Once the old root is detached, with the mounts that the layers lay on, the overlay still"
              + " serves them, and is all that is mounted",
      catches = "a kernel in which the layers end with the mounts by which they were named")
  void outlivesOldRoot(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    s.createFile(LOWER + "/dir/file");
    FileId root = s.stat("/").value();
    FileId over = s.stat("/over").value();
    s.chdir("/over");
    s.pivotRoot(".", ".").succeeds();
    s.stat(".").is(over);
    s.stat("/").is(over);
    s.umount(".", MNT_DETACH).succeeds();
    s.root().is(over);
    s.cwd().is(over);
    s.mountOf(root).isAbsent();
    s.drawing().is("/");
    s.stat("/dir/file").succeeds();
    s.rename("/dir/file", "/file").succeeds();
    s.mkdir("/dir/made").succeeds();
    s.getcwd().is("/");
  }

  @Claim(
      id = "overlay-keeps-no-layer-busy",
      section = "NOTES",
      editions = "none",
      says =
          "The mount that the layers lie on is not busy by the overlay: on the old root it can be"
              + " unmounted, as soon as nothing is open in it",
      catches = "a kernel in which the overlay holds the mounts that it was made from")
  void keepsNoLayerBusy(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    s.pivotRoot("/over", "/over/old").succeeds();
    Descriptor open = s.open("/old" + LOWER, OpenFlag.O_RDONLY).value();
    s.umount("/old/layers").fails(EBUSY);
    s.close(open);
    s.umount("/old/layers").succeeds();
    s.stat("/old" + LOWER).fails(ENOENT);
    s.mkdir("/dir/made").succeeds();
    s.stat("/dir/made").succeeds();
  }

  @Claim(
      id = "overlay-of-the-old-root",
      section = "NOTES",
      editions = "none",
      says =
          "An overlay whose lower layer is the root shows its files without what is mounted on it,"
              + " and can take its place",
      catches = "a kernel that shows mounts through the layer, or that finds a loop in this")
  void ofTheOldRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/old");
    s.mkdir("/over");
    s.newTmpfs("/layers");
    s.mkdir(UPPER);
    s.mkdir(WORK);
    s.mountOverlay("/", UPPER, WORK, "/over").succeeds();
    FileId root = s.stat("/").value();
    FileId over = s.stat("/over").value();
    s.stat("/over/layers").succeeds();
    s.stat("/over" + UPPER).fails(ENOENT);
    s.pivotRoot("/over", "/over/old").succeeds();
    s.stat("/").is(over);
    s.stat("/old").is(root);
    s.stat("/old" + UPPER).succeeds();
    s.mkdir("/made").succeeds();
    s.stat("/old/made").fails(ENOENT);
    s.umount("/old", MNT_DETACH).succeeds();
    s.stat("/over").succeeds();
    s.stat("/made").succeeds();
  }

  @Claim(
      id = "overlay-layers-are-seen-without-mounts",
      section = "NOTES",
      editions = "none",
      says =
          "What is mounted on a layer afterwards, and where its mount is moved to, makes no"
              + " difference to the overlay, which is pivoted as before",
      catches = "a kernel that looks the layers up anew, or in the namespace")
  void seenWithoutMounts(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    FileId dir = s.stat("/over/dir").value();
    s.mountTmpfs(LOWER + "/dir");
    s.mkdir(LOWER + "/dir/hidden");
    s.stat("/over/dir/hidden").fails(ENOENT);
    s.stat("/over/dir").is(dir);
    s.mkdir("/elsewhere");
    s.move("/layers", "/elsewhere").succeeds();
    s.pivotRoot("/over", "/over/old").succeeds();
    s.stat("/dir").is(dir);
    s.stat("/dir/hidden").fails(ENOENT);
    s.stat("/old/elsewhere/lower/dir/hidden").succeeds();
    s.mkdir("/made").succeeds();
    s.stat("/old/elsewhere/upper/made").succeeds();
  }

  @Claim(
      id = "overlay-put-old-is-not-copied-up",
      section = "DESCRIPTION",
      editions = "none",
      says = "put_old may be a directory of the lower layer, which is not copied up by it",
      catches = "a kernel that writes to the upper layer to attach a mount")
  void notCopiedUp(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    FileId root = s.stat("/").value();
    s.pivotRoot("/over", "/over/old").succeeds();
    s.stat("/old").is(root);
    s.stat("/old" + LOWER + "/old").succeeds();
    s.stat("/old" + UPPER + "/old").fails(ENOENT);
    s.umount("/old", MNT_DETACH).succeeds();
    s.stat("/old/layers").fails(ENOENT);
    s.createFile("/old/file").succeeds();
  }

  @Claim(
      id = "overlay-directory-is-no-mount-point",
      section = "ERRORS",
      editions = "none",
      says =
          "A directory in an overlay is no mount point, whichever layer it is of: EINVAL, until it is"
              + " bound to itself",
      catches = "a kernel that takes the beginning of another layer for that of a mount")
  void directoryIsNoMountPoint(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    s.mkdir(LOWER + "/dir/old");
    s.mkdir("/over/fresh");
    s.mkdir("/over/fresh/old");
    s.pivotRoot("/over/fresh", "/over/fresh/old").fails(EINVAL);
    s.pivotRoot("/over/dir", "/over/dir/old").fails(EINVAL);
    s.bind("/over/dir", "/over/dir").succeeds();
    FileId dir = s.stat("/over/dir").value();
    FileId root = s.stat("/").value();
    s.pivotRoot("/over/dir", "/over/dir/old").succeeds();
    s.stat("/").is(dir);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "overlay-put-old-removed",
      section = "ERRORS",
      editions = "none",
      says =
          "A directory of the lower layer that was removed from the overlay is not there any more:"
              + " as put_old it is ENOENT, and getcwd(2) in it too",
      catches = "a kernel that finds it in the layer, where it still is")
  void putOldRemoved(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    s.chdir("/over/dir");
    s.rmdir("/over/dir").succeeds();
    s.stat(LOWER + "/dir").succeeds();
    s.stat("/over/dir").fails(ENOENT);
    s.getcwd().fails(ENOENT);
    s.pivotRoot("/over", ".").fails(ENOENT);
    s.chdir("/over/old");
    s.pivotRoot("/over", ".").succeeds();
  }

  @Claim(
      id = "overlay-is-no-way-out-of-chroot",
      section = "NOTES",
      editions = "none",
      says =
          "With an overlay as root, .. ends there, and getcwd(2) follows a directory that another"
              + " task renames",
      catches = "a kernel in which .. of the overlay's root is that of a layer")
  void noWayOut(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    mountOverlay(s);
    FileId over = s.stat("/over").value();
    s.chroot("/over");
    s.chdir("/");
    s.stat("..").is(over);
    // In a directory of the upper layer alone: elsewhere it takes extended attributes.
    s.mkdir("/made").succeeds();
    s.mkdir("/made/here").succeeds();
    s.chdir("/made/here");
    s.getcwd().is("/made/here");
    p.rename("/over/made/here", "/over/made/there").succeeds();
    s.getcwd().is("/made/there");
    s.stat("../..").is(over);
    s.stat("../../..").is(over);
    s.stat("../../../layers").fails(ENOENT);
  }

  @Claim(
      id = "overlay-in-user-namespace",
      section = "NOTES",
      editions = "none",
      says = "Whoever is root in a user namespace may mount an overlay there and make it the root",
      catches = "a kernel that leaves containers without privilege to copy their images",
      userland = true)
  @Contradicted(
      before = "5.11",
      because = "overlay has FS_USERNS_MOUNT since Linux 5.11; before, mount(2) is EPERM",
      commit = "459c7c565ac3")
  void inUserNamespace(Stage stage) {
    Task s = stage.task("S");
    makeLayers(s);
    Task u = s.lessPrivileged("U");
    u.mountOverlay(LOWER, UPPER, WORK, "/over").succeeds();
    FileId over = u.stat("/over").value();
    FileId root = u.stat("/").value();
    u.pivotRoot("/over", "/over/old").succeeds();
    u.stat("/").is(over);
    u.stat("/old").is(root);
    u.mkdir("/made").succeeds();
    s.stat(UPPER + "/made").succeeds();
    s.stat("/over/made").fails(ENOENT);
    u.umount("/old", MNT_DETACH).succeeds();
    u.stat("/made").succeeds();
  }

  @Claim(
      id = "overlay-shared-parent",
      section = "ERRORS",
      editions = "none",
      says = "An overlay on a shared mount, or one that is shared itself, is refused: EINVAL",
      catches = "a kernel that asks the layers' mounts for their propagation type")
  void sharedParent(Stage stage) {
    Task s = stage.task("S");
    mountOverlay(s);
    s.propagation("/layers", MountFlag.MS_SHARED);
    s.propagation("/over", MountFlag.MS_SHARED);
    s.pivotRoot("/over", "/over/old").fails(EINVAL);
    s.propagation("/over", MountFlag.MS_PRIVATE);
    s.propagation("/", MountFlag.MS_SHARED);
    s.pivotRoot("/over", "/over/old").fails(EINVAL);
    s.propagation("/", MountFlag.MS_PRIVATE);
    s.mountAt("/layers").isShared();
    s.pivotRoot("/over", "/over/old").succeeds();
  }
}
