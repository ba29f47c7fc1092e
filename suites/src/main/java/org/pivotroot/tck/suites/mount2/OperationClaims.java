package org.pivotroot.tck.suites.mount2;

import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_MOVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_NODEV;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOEXEC;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOSUID;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOSYMFOLLOW;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SILENT;

import java.util.Locale;
import java.util.Map;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What mount(2) does: which operation the flags choose, and what it leaves alone. */
@Page("mount(2)")
class OperationClaims {

  @Claim(
      id = "mount-remount-comes-first",
      section = "DESCRIPTION",
      says = "With MS_REMOUNT the other operations are not done: nothing is bound, moved or shared",
      catches = "a kernel that looks at MS_BIND or MS_SHARED first")
  void remountFirst(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mount("/place", "/new", "", MS_REMOUNT, MS_BIND, MS_NODEV).succeeds();
    s.mountAt("/new").hasOptions("rw,nodev,relatime").isPrivate().hasRoot("/");
    s.mountAt("/place").isAbsent();
    s.mount("/new", "/place", "", MS_REMOUNT, MS_MOVE).fails(Errno.EINVAL);
    s.mount("none", "/new", "", MS_REMOUNT, MS_SHARED).succeeds();
    s.mountAt("/new").isPrivate();
  }

  @Claim(
      id = "mount-bind-before-propagation-and-move",
      section = "DESCRIPTION",
      says = "With MS_BIND a mount is made, and neither is a type changed nor anything moved",
      catches = "a kernel that changes the type of the target, or moves the source")
  void bindBeforeOthers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/other");
    FileId bound = s.stat("/new").value();
    s.mount("/new", "/place", "", MS_BIND, MS_SHARED).succeeds();
    s.mountAt("/place").isPrivate();
    s.mount("/new", "/other", "", MS_BIND, MS_MOVE).succeeds();
    s.stat("/new").is(bound);
    s.mountAt("/other").isThere();
  }

  @Claim(
      id = "mount-propagation-before-move",
      section = "DESCRIPTION",
      says = "With a propagation type and MS_MOVE it is refused: the types go with no operation",
      catches = "a kernel that does one of the two")
  void propagationBeforeMove(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mount("/new", "/place", "", MS_SHARED, MS_MOVE).fails(Errno.EINVAL);
    s.mount("/new", "/new", "", MS_SHARED, MS_MOVE).fails(Errno.EINVAL);
    s.mount("/new", "/place", "", MS_MOVE).succeeds();
  }

  /** What each flag makes of the options of a mount in mountinfo. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "rdonly", "ro,relatime",
          "nosuid", "rw,nosuid,relatime",
          "nodev", "rw,nodev,relatime",
          "noexec", "rw,noexec,relatime",
          "nodiratime", "rw,nodiratime,relatime",
          "noatime", "rw,noatime",
          "strictatime", "rw");

  @Claim(
      id = "mount-flags-of-one-mount",
      section = "DESCRIPTION",
      says = "MS_REMOUNT with MS_BIND sets the flags of this mount and of no other of its system",
      catches = "a kernel that sets them on the file system, or confuses two")
  @Columns(
      of = "options of a mount after a bind remount",
      row = "remount,bind",
      value = {"rdonly", "nosuid", "nodev", "noexec", "nodiratime", "noatime", "strictatime"})
  void flagsOfOne(Stage stage, String name) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    MountFlag flag = MountFlag.valueOf("MS_" + name.toUpperCase(Locale.ROOT));
    s.mount("none", "/copy", "", MS_REMOUNT, MS_BIND, flag).succeeds();
    s.mountAt("/copy").hasOptions(OPTIONS.get(name));
    s.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "mount-flags-of-a-new-mount",
      section = "DESCRIPTION",
      says = "The flags of a new mount are its own: a bind of it can be without them",
      catches = "a kernel that keeps nosuid, nodev and noexec with the file system")
  void flagsOfNew(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/first");
    s.mkdir("/second");
    s.mountTmpfs("/first", MS_NOSUID, MS_NODEV, MS_NOEXEC).succeeds();
    s.mountAt("/first").hasOptions("rw,nosuid,nodev,noexec,relatime");
    s.bind("/first", "/second", MS_NODEV).succeeds();
    // A bind takes no flags of its own, but those of its source.
    s.mountAt("/second").hasOptions("rw,nosuid,nodev,noexec,relatime");
    s.mount("none", "/second", "", MS_REMOUNT, MS_BIND).succeeds();
    s.mountAt("/second").hasOptions("rw,relatime");
    s.mountAt("/first").hasOptions("rw,nosuid,nodev,noexec,relatime");
  }

  @Claim(
      id = "mount-remount-of-the-file-system",
      section = "DESCRIPTION",
      says = "MS_REMOUNT alone makes the file system read-only, through whichever mount",
      catches = "a kernel that makes this mount read-only only")
  void remountsFileSystem(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    s.mount("none", "/new", "", MS_REMOUNT, MS_RDONLY).succeeds();
    s.mkdir("/copy/a").fails(Errno.EROFS);
    s.mkdir("/new/a").fails(Errno.EROFS);
    s.mountAt("/copy").hasOptions("rw,relatime");
    s.mount("none", "/new", "", MS_REMOUNT).succeeds();
    s.mkdir("/copy/a").succeeds();
  }

  @Claim(
      id = "mount-read-only-with-a-writer",
      section = "ERRORS",
      says = "With a file open for writing, read-only is EBUSY, of the mount and of the system",
      catches = "a kernel that takes the mount from under a writer")
  void readOnlyWithWriter(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    s.createFile("/new/file");
    Descriptor writer = s.open("/new/file", OpenFlag.O_WRONLY).value();
    s.mount("none", "/new", "", MS_REMOUNT, MS_BIND, MS_RDONLY).fails(Errno.EBUSY);
    s.mount("none", "/copy", "", MS_REMOUNT, MS_RDONLY).fails(Errno.EBUSY);
    s.mount("none", "/copy", "", MS_REMOUNT, MS_BIND, MS_RDONLY).succeeds();
    s.mkdir("/copy/a").fails(Errno.EROFS);
    s.mkdir("/new/a").succeeds();
    s.close(writer);
    s.mount("none", "/new", "", MS_REMOUNT, MS_BIND, MS_RDONLY).succeeds();
  }

  @Claim(
      id = "mount-stacks",
      section = "NOTES",
      says = "A mount on a mount covers it, and what was open below stays open",
      catches = "a kernel that refuses a second mount on one place, or replaces the first")
  void stacks(Stage stage) {
    Task s = stage.task("S");
    FileId first = s.stat("/new").value();
    Descriptor inFirst = s.open("/new/old", OpenFlag.O_PATH).value();
    s.mountTmpfs("/new").succeeds();
    FileId second = s.stat("/new").value();
    stage.check(!second.sameFile(first), "the first is still in sight");
    s.stat("/new/old").fails(Errno.ENOENT);
    s.stat(inFirst).succeeds();
    s.mountAt("/new").isOn(stage.mountOf(first));
    s.umount("/new").succeeds();
    s.stat("/new").is(first);
  }

  @Claim(
      id = "mount-recursive-bind-copies-the-tree",
      section = "DESCRIPTION",
      says = "MS_REC with MS_BIND copies the mounts below, in their places, stacked ones included",
      catches = "a kernel that copies the top level, or forgets what lies beneath")
  void recursiveBind(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/deep");
    s.mountTmpfs("/new/old/deep");
    s.mountTmpfs("/new/old/deep");
    s.bind("/new", "/copy", MS_REC).succeeds();
    s.drawing()
        .is(
            """
            /
              /copy
                /copy/old
                  /copy/old/deep
                    /copy/old/deep
              /new
                /new/old
                  /new/old/deep
                    /new/old/deep""");
    stage.check(
        s.stat("/copy/old/deep").value().sameFile(s.stat("/new/old/deep").value()),
        "what is on top is another file system");
  }

  @Claim(
      id = "mount-bind-is-not-recursive",
      section = "DESCRIPTION",
      says = "MS_BIND alone makes one mount; what is mounted below the source is not in it",
      catches = "a kernel that copies submounts always")
  void bindIsNotRecursive(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mkdir("/new/old/beneath");
    s.mountTmpfs("/new/old");
    s.bind("/new", "/copy").succeeds();
    s.mountAt("/copy/old").isAbsent();
    s.stat("/copy/old/beneath").succeeds();
    s.stat("/new/old/beneath").fails(Errno.ENOENT);
  }

  @Claim(
      id = "mount-move-takes-the-tree-along",
      section = "DESCRIPTION",
      says =
          "MS_MOVE moves the mount itself with all below: identities stay, the old place is bare",
      catches = "a kernel that copies and unmounts")
  void moveTakesTree(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    FileId top = s.stat("/new").value();
    FileId below = s.stat("/new/old").value();
    FileId bare = s.stat("/").value();
    Task q = s.fork("Q");
    q.chdir("/new/old");
    s.move("/new", "/place").succeeds();
    s.stat("/place").is(top);
    s.stat("/place/old").is(below);
    q.getcwd().is("/place/old");
    stage.check(
        stage.mountOf(s.stat("/new").value()) == stage.mountOf(bare),
        "something is on the old place");
  }

  @Claim(
      id = "mount-silent-changes-nothing",
      section = "DESCRIPTION",
      says = "MS_SILENT may go with any operation and changes nothing about it",
      catches = "a kernel that refuses MS_SILENT with a propagation type")
  void silent(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/new", "", MS_SHARED, MS_SILENT).succeeds();
    s.mountAt("/new").isShared();
    s.mount("none", "/new", "", MS_PRIVATE, MS_REC, MS_SILENT).succeeds();
    s.mountAt("/new").isPrivate();
    s.mkdir("/copy");
    s.bind("/new", "/copy", MS_SILENT).succeeds();
    s.mountAt("/copy").isThere();
  }

  @Claim(
      id = "mount-points-are-escaped",
      section = "NOTES",
      says = "Blanks, tabs, newlines and backslashes of a mount point are escaped in mountinfo",
      catches = "a kernel whose mount table cannot be read when a directory has an odd name")
  void escaped(Stage stage) {
    Task s = stage.task("S");
    for (String name : new String[] {"/new/a b", "/new/a\tb", "/new/a\nb", "/new/a\\b", "/new/#"}) {
      s.mkdir(name);
      s.mountTmpfs(name).succeeds();
      s.mountAt(name).isThere();
      s.umount(name);
    }
  }

  @Claim(
      id = "mount-of-a-removed-directory",
      section = "NOTES",
      editions = "none",
      says = "A bind of a directory that was removed since is shown with //deleted, and empty",
      catches = "a kernel that shows the name as if the directory were still there")
  void removed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mkdir("/new/gone");
    s.bind("/new/gone", "/copy");
    s.mountAt("/copy").hasRoot("/gone");
    s.rmdir("/new/gone").succeeds();
    s.mountAt("/copy").hasRoot("/gone//deleted");
    s.mkdir("/copy/a").fails(Errno.ENOENT);
    s.umount("/copy").succeeds();
  }

  @Claim(
      id = "mount-point-renamed-below",
      section = "NOTES",
      editions = "none",
      says = "Where a directory above a mount point is renamed the mount is found by its new path",
      catches = "a kernel that keeps the path of a mount as a text")
  void renamed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.mountTmpfs("/a/b");
    FileId mounted = s.stat("/a/b").value();
    s.rename("/a/b", "/c").fails(Errno.EBUSY);
    s.rename("/a", "/z").succeeds();
    s.stat("/z/b").is(mounted);
    s.mountAt("/z/b").isMount(stage.mountOf(mounted));
    s.mountAt("/a/b").isAbsent();
    s.rmdir("/z/b").fails(Errno.EBUSY);
  }

  @Claim(
      id = "mount-nosymfollow",
      section = "DESCRIPTION",
      says =
          "On a mount with MS_NOSYMFOLLOW no symbolic link is followed, whichever call has the path:"
              + " ELOOP; it can still be read, and other mounts' links lead there",
      catches = "a kernel that shows the option and follows the links")
  void nosymfollow(Stage stage) {
    Task s = stage.task("S");
    s.symlink("old", "/new/link");
    s.symlink("/new/old", "/outside");
    s.mountTmpfs("/new/old");
    FileId old = s.stat("/new/old").value();
    s.stat("/new/link/").is(old);
    s.mount("none", "/new", "", MS_REMOUNT, MS_BIND, MS_NOSYMFOLLOW).succeeds();
    s.stat("/new/link").fails(Errno.ELOOP);
    s.stat("/new/link/").fails(Errno.ELOOP);
    s.chdir("/new/link").fails(Errno.ELOOP);
    s.chroot("/new/link").fails(Errno.ELOOP);
    s.mountTmpfs("/new/link").fails(Errno.ELOOP);
    s.umount("/new/link").fails(Errno.ELOOP);
    s.pivotRoot("/new", "/new/link").fails(Errno.ELOOP);
    s.umount("/new/link", UmountFlag.UMOUNT_NOFOLLOW).fails(Errno.EINVAL);
    s.readlink("/new/link").is("old");
    s.stat("/outside").is(old);
    s.chdir("/outside").succeeds();
    s.mountAt("/new").hasOptions("rw,relatime,nosymfollow");
    s.mountAt("/new/old").hasOptions("rw,relatime");
    s.mount("none", "/new", "", MS_REMOUNT, MS_BIND).succeeds();
    s.stat("/new/link").is(old);
    s.pivotRoot("/new", "/new/link").succeeds();
  }
}
