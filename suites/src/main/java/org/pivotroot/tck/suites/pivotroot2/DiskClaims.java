package org.pivotroot.tck.suites.pivotroot2;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.EROFS;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Disk;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What the page says, of the file systems that the roots of most machines are. */
@Page("pivot_root(2)")
class DiskClaims {
  private static final String TABLE = "file systems of disks as root";
  private static final String EXT4 = "ext4";
  private static final String BTRFS = "btrfs";
  private static final String IMAGE = "/image";

  /** Mounts a disk on /disk, in it a directory /old; tells its root. */
  private static FileId mount(Stage stage, Task s, String type) {
    stage.needs(type.equals(EXT4) ? Feature.EXT4 : Feature.BTRFS);
    s.mkdir("/disk");
    Disk.mount(s, type, IMAGE, "/disk");
    s.mkdir("/disk/old");
    return s.stat("/disk").value();
  }

  /** Leaves the stage for a disk: it is all that is mounted. */
  private static FileId enter(Stage stage, Task s, String type) {
    FileId disk = mount(stage, s, type);
    s.pivotRoot("/disk", "/disk/old").value();
    s.umount("/old", MNT_DETACH).value();
    return disk;
  }

  /** A tmpfs on /next, with a directory for the old root. */
  private static FileId next(Task s) {
    s.newTmpfs("/next");
    s.mkdir("/next/old");
    return s.stat("/next").value();
  }

  @Claim(
      id = "disk-becomes-root",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "The root of a disk becomes the root of all who were at the old one, and stays it when the"
              + " old one is gone",
      catches = "a kernel that moves only roots and directories that are in memory alone",
      userland = true)
  @Columns(
      of = TABLE,
      row = "becomes root",
      value = {EXT4, BTRFS})
  void becomesRoot(Stage stage, String type) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId disk = mount(stage, s, type);
    FileId root = s.stat("/").value();
    s.pivotRoot("/disk", "/disk/old").succeeds();
    s.root().is(disk);
    s.cwd().is(disk);
    p.root().is(disk);
    p.cwd().is(disk);
    s.stat("/..").is(disk);
    s.mountAt("/").isFileSystem(type);
    s.stat("/old").is(root);
    s.stat("/old" + IMAGE).succeeds();
    s.umount("/old", MNT_DETACH).succeeds();
    s.drawing().is("/");
    s.stat("/").is(disk);
    s.mkdir("/made").succeeds();
    p.stat("/made").succeeds();
  }

  @Claim(
      id = "disk-becomes-old-root",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A disk that was the root can be unmounted from put_old as soon as nobody is there any"
              + " more, and its file system ends with that",
      catches = "a kernel that keeps the disk that a machine was started from for good",
      userland = true)
  @Columns(
      of = TABLE,
      row = "becomes old root",
      value = {EXT4, BTRFS})
  void becomesOldRoot(Stage stage, String type) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId disk = enter(stage, s, type);
    FileId next = next(s);
    s.mkdir("/dir");
    p.chdir("/dir");
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/dir");
    s.pivotRoot("/next", "/next/old").succeeds();
    s.root().is(next);
    p.root().is(next);
    p.getcwd().is("/old/dir");
    s.stat("/old").is(disk);
    s.umount("/old").fails(EBUSY);
    p.chdir("/");
    s.umount("/old").succeeds();
    s.drawing().is("/");
    s.seesEndOfFileSystem(inotify);
  }

  @Claim(
      id = "disk-old-root-made-read-only",
      section = "NOTES",
      editions = "none",
      says =
          "The old root can be made read-only where it is, unless a file is open for writing: EBUSY",
      catches = "a kernel that loses sight of who writes when the root moves",
      userland = true)
  @Columns(
      of = TABLE,
      row = "old root made read-only",
      value = {EXT4, BTRFS})
  void oldRootMadeReadOnly(Stage stage, String type) {
    Task s = stage.task("S");
    FileId disk = enter(stage, s, type);
    next(s);
    s.createFile("/file");
    Descriptor file = s.open("/file", OpenFlag.O_WRONLY).value();
    s.pivotRoot("/next", "/next/old").succeeds();
    s.stat("/old").is(disk);
    s.mount("none", "/old", "", MS_REMOUNT, MS_RDONLY).fails(EBUSY);
    s.write(file, "written").succeeds();
    s.mkdir("/old/made").succeeds();
    s.close(file);
    s.mount("none", "/old", "", MS_REMOUNT, MS_RDONLY).succeeds();
    s.mkdir("/old/more").fails(EROFS);
    s.open("/old/file", OpenFlag.O_WRONLY).fails(EROFS);
    s.mkdir("/more").succeeds();
    s.umount("/old").succeeds();
  }

  @Claim(
      id = "disk-read-only-becomes-root",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "A disk that is read-only becomes the root, with put_old in it: nothing is written there",
      catches = "a kernel that asks for leave to write, as for a rename",
      userland = true)
  @Columns(
      of = TABLE,
      row = "read-only becomes root",
      value = {EXT4, BTRFS})
  void readOnly(Stage stage, String type) {
    Task s = stage.task("S");
    FileId disk = mount(stage, s, type);
    FileId root = s.stat("/").value();
    s.mount("none", "/disk", "", MS_REMOUNT, MS_RDONLY).value();
    s.mkdir("/disk/made").fails(EROFS);
    s.pivotRoot("/disk", "/disk/old").succeeds();
    s.root().is(disk);
    s.stat("/old").is(root);
    s.mkdir("/made").fails(EROFS);
    s.mkdir("/old/made").succeeds();
    s.umount("/old", MNT_DETACH).succeeds();
    s.stat("/old/made").fails(ENOENT);
  }

  @Claim(
      id = "disk-frozen-becomes-root",
      section = "DESCRIPTION",
      editions = "none",
      says = "A file system that is frozen, as for a snapshot, becomes the root without waiting",
      catches = "a kernel that writes to it, and so waits until it is thawed",
      userland = true)
  @Columns(
      of = TABLE,
      row = "frozen becomes root",
      value = {EXT4, BTRFS})
  void frozen(Stage stage, String type) {
    Task s = stage.task("S");
    FileId disk = mount(stage, s, type);
    FileId root = s.stat("/").value();
    Task q = stage.taskInOtherNamespace("Q");
    q.run("fsfreeze", "--freeze", "/disk").is(new Ran(0, "", ""));
    s.pivotRoot("/disk", "/disk/old").succeeds();
    s.root().is(disk);
    s.stat("/old").is(root);
    q.run("fsfreeze", "--unfreeze", "/disk").is(new Ran(0, "", ""));
    s.mkdir("/made").succeeds();
    q.stat("/disk/made").succeeds();
  }

  @Claim(
      id = "disk-directory-is-no-mount-point",
      section = "ERRORS",
      editions = "none",
      says = "A directory of a disk is no mount point: EINVAL, until it is bound to itself",
      catches = "a kernel that takes any directory of a disk",
      userland = true)
  @Columns(
      of = TABLE,
      row = "directory is no mount point",
      value = {EXT4, BTRFS})
  void directoryIsNoMountPoint(Stage stage, String type) {
    Task s = stage.task("S");
    mount(stage, s, type);
    s.mkdir("/disk/dir");
    s.mkdir("/disk/dir/old");
    FileId root = s.stat("/").value();
    s.pivotRoot("/disk/dir", "/disk/dir/old").fails(EINVAL);
    s.bind("/disk/dir", "/disk/dir").succeeds();
    FileId dir = s.stat("/disk/dir").value();
    s.pivotRoot("/disk/dir", "/disk/dir/old").succeeds();
    s.stat("/").is(dir);
    s.stat("/..").is(dir);
    s.stat("/old").is(root);
    s.mountAt("/").hasRoot("/dir");
  }

  @Claim(
      id = "disk-put-old-removed",
      section = "ERRORS",
      editions = "none",
      says =
          "A directory that was removed is not there any more: as put_old it is ENOENT, and getcwd(2)"
              + " in it too",
      catches = "a kernel that attaches a mount where nobody can reach it",
      userland = true)
  @Columns(
      of = TABLE,
      row = "put_old removed",
      value = {EXT4, BTRFS})
  void putOldRemoved(Stage stage, String type) {
    Task s = stage.task("S");
    FileId disk = mount(stage, s, type);
    s.mkdir("/disk/dir");
    s.chdir("/disk/dir");
    s.rmdir("/disk/dir").succeeds();
    s.getcwd().fails(ENOENT);
    s.pivotRoot("/disk", ".").fails(ENOENT);
    s.chdir("/disk/old");
    s.pivotRoot("/disk", ".").succeeds();
    s.root().is(disk);
  }

  @Claim(
      id = "disk-of-an-image-on-the-old-root",
      section = "NOTES",
      editions = "none",
      says =
          "A file system whose image lies on a mount of the old root keeps that busy; detached, the"
              + " mount still serves it",
      catches = "a kernel that takes the image away from under the new root",
      userland = true)
  @Columns(
      of = TABLE,
      row = "of an image on the old root",
      value = {EXT4, BTRFS})
  void ofAnImageOnTheOldRoot(Stage stage, String type) {
    Task s = stage.task("S");
    stage.needs(type.equals(EXT4) ? Feature.EXT4 : Feature.BTRFS);
    s.newTmpfs("/images", "/other");
    s.mkdir("/disk");
    Disk.mount(s, type, "/images/image", "/disk");
    s.mkdir("/disk/old");
    s.pivotRoot("/disk", "/disk/old").succeeds();
    s.umount("/old/images").fails(EBUSY);
    s.umount("/old/other").succeeds();
    s.umount("/old", MNT_DETACH).succeeds();
    s.drawing().is("/");
    s.mkdir("/made").succeeds();
    s.createFile("/made/file").succeeds();
    s.mount("none", "/", "", MS_REMOUNT, MS_RDONLY).succeeds();
  }

  /** A disk of btrfs on /disk with a subvolume /sub, and in that a directory /old. */
  private static void mountWithSubvolume(Task s) {
    s.mkdir("/template");
    s.mkdir("/template/old");
    s.mkdir("/template/sub");
    s.mkdir("/template/sub/old");
    s.mkdir("/disk");
    Disk.mount(s, BTRFS, IMAGE, "/disk", "--rootdir", "/template", "--subvol", "sub");
  }

  @Claim(
      id = "subvolume-is-no-mount-point",
      section = "ERRORS",
      editions = "none",
      says =
          "A subvolume of btrfs, which is another device to stat(2), is no mount point: EINVAL, until"
              + " it is bound to itself",
      catches = "a kernel that takes another device for another mount",
      userland = true)
  @Needs(Feature.BTRFS)
  void subvolumeIsNoMountPoint(Stage stage) {
    Task s = stage.task("S");
    mountWithSubvolume(s);
    FileId disk = s.stat("/disk").value();
    FileId sub = s.stat("/disk/sub").value();
    stage.given(disk.device() != sub.device(), "a subvolume is another device");
    s.pivotRoot("/disk/sub", "/disk/sub/old").fails(EINVAL);
    s.bind("/disk/sub", "/disk/sub").succeeds();
    FileId root = s.stat("/").value();
    FileId mounted = s.stat("/disk/sub").value();
    s.pivotRoot("/disk/sub", "/disk/sub/old").succeeds();
    s.root().is(mounted);
    s.stat("/..").is(mounted);
    s.stat("/old").is(root);
    s.mountAt("/").hasRoot("/sub");
  }

  @Claim(
      id = "subvolume-takes-the-place-of-another",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "One subvolume takes the place of another of the same file system as root, by two mounts of"
              + " it",
      catches = "a kernel that looks at the file system, not at the mount, for \"the same\"",
      userland = true)
  @Needs(Feature.BTRFS)
  void subvolumeTakesThePlaceOfAnother(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    mountWithSubvolume(s);
    s.pivotRoot("/disk", "/disk/old").value();
    s.umount("/old", MNT_DETACH).value();
    FileId disk = s.stat("/").value();
    s.mkdir("/place");
    s.bind("/sub", "/place").succeeds();
    FileId sub = s.stat("/place").value();
    s.pivotRoot("/place", "/old").fails(EBUSY);
    s.pivotRoot("/place", "/place/old").succeeds();
    s.root().is(sub);
    p.root().is(sub);
    s.stat("/old").is(disk);
    s.mountAt("/").hasRoot("/sub");
    s.umount("/old", MNT_DETACH).succeeds();
    s.drawing().is("/ root:/sub");
    s.mkdir("/made").succeeds();
  }
}
