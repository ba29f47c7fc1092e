package org.pivotroot.tck.suites.opentree2;

import static org.pivotroot.tck.model.call.AtFlag.AT_EMPTY_PATH;
import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.AtFlag.AT_SYMLINK_NOFOLLOW;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Descriptors of mounts, and clones of trees that are nowhere yet. */
@Page("open_tree(2)")
class CloneClaims {

  @Claim(
      id = "open-tree-refers-to-the-mount",
      section = "DESCRIPTION",
      says = "Without OPEN_TREE_CLONE the descriptor refers to what is there, as of O_PATH",
      catches = "a kernel that clones always")
  void refers(Stage stage) {
    Task s = stage.task("S");
    FileId there = s.stat("/new").value();
    Descriptor tree = s.openTree("/new").value();
    s.stat(tree).is(there);
    Descriptor inside = s.openTree("/new/old").value();
    s.stat(inside).is(s.stat("/new/old").value());
    s.close(tree).succeeds();
    s.stat("/new").is(there);
    s.close(inside);
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "clone-is-in-no-namespace",
      section = "DESCRIPTION",
      says = "A clone is in no mount table and leaves the original as it was",
      catches = "a kernel that attaches the clone somewhere, or moves the original")
  void nowhere(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    MountTable before = s.tree().value();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    s.tree().is(before);
    s.close(tree).succeeds();
    s.tree().is(before);
  }

  @Claim(
      id = "clone-of-a-directory",
      section = "DESCRIPTION",
      says = "The clone has the directory for its root, whether it is the root of a mount or not",
      catches = "a kernel that clones the mount that the directory is in")
  void ofDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/old/a");
    FileId directory = s.stat("/new/old").value();
    Descriptor tree = s.openTree("/new/old", OPEN_TREE_CLONE).value();
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place").hasRoot("/old");
    stage.check(s.stat("/place").value().sameFile(directory), "another directory");
    s.chdir("/place/a");
    s.getcwd().is("/place/a");
  }

  @Claim(
      id = "clone-recursive-or-not",
      section = "DESCRIPTION",
      says = "With AT_RECURSIVE the mounts below are in the clone, without it they are not",
      catches = "a kernel that ignores AT_RECURSIVE, or always acts as if it were given")
  void recursive(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/whole");
    s.mountTmpfs("/new/old");
    FileId below = s.stat("/new/old").value();
    Descriptor one = s.openTree("/new", OPEN_TREE_CLONE).value();
    Descriptor all = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    s.moveMount(one, "/place").succeeds();
    s.moveMount(all, "/whole").succeeds();
    s.mountAt("/place/old").isAbsent();
    s.mountAt("/whole/old").isThere();
    stage.check(s.stat("/whole/old").value().sameFile(below), "another file system");
  }

  @Claim(
      id = "clone-is-a-peer",
      section = "DESCRIPTION",
      says = "The clone of a shared mount is a peer of it, of a private one private",
      catches = "a kernel whose clones are always private, or shared in groups of their own")
  void peer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/other");
    Descriptor ofPrivate = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.propagation("/new", MS_SHARED);
    Descriptor ofShared = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.moveMount(ofPrivate, "/other").succeeds();
    s.moveMount(ofShared, "/place").succeeds();
    s.mountAt("/other").isPrivate();
    s.mountAt("/place").isPeerOf(s.mountAt("/new").isShared());
    s.mountTmpfs("/place/old").succeeds();
    s.mountAt("/new/old").isThere();
    s.mountAt("/other/old").isAbsent();
  }

  @Claim(
      id = "clone-outlives-the-original",
      section = "DESCRIPTION",
      says = "The clone is there when the original is unmounted, and can be attached",
      catches = "a kernel in which a clone is a reference to the original")
  void outlives(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/kept");
    FileId kept = s.stat("/new/kept").value();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.umount("/new").succeeds();
    s.moveMount(tree, "/new").succeeds();
    stage.check(s.stat("/new/kept").value().sameFile(kept), "another file system");
  }

  @Claim(
      id = "clone-attached-outlives-the-descriptor",
      section = "NOTES",
      says = "Closing the descriptor of a tree that was attached unmounts nothing",
      catches = "a kernel that unmounts at the last close all the same")
  void attachedOutlives(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    FileId clone = s.stat(tree).value();
    s.moveMount(tree, "/place");
    s.close(tree).succeeds();
    s.stat("/place").is(clone);
  }

  @Claim(
      id = "clone-ends-with-its-descriptor",
      section = "NOTES",
      says = "A tree that was never attached is taken apart when its descriptor is closed",
      catches = "a kernel that keeps it, so that its file system can never end")
  void ends(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/inside");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    Descriptor top = s.openat(tree, ".", OpenFlag.O_PATH).value();
    s.openat(top, "old/inside", OpenFlag.O_PATH).succeeds();
    s.close(tree).succeeds();
    Outcome<Descriptor> inside = s.openat(top, "old/inside", OpenFlag.O_PATH);
    stage.fact("what was mounted in it, afterwards", inside.verdict());
    s.moveMount(top, "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "clone-needs-sys-admin",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN a clone is EPERM; a descriptor of what is there is not",
      catches = "a kernel that lets everybody clone mounts, or nobody refer to them")
  void needsAdmin(Stage stage) {
    Task s = stage.task("S");
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.openTree("/new", OPEN_TREE_CLONE).fails(Errno.EPERM);
    q.openTree("/none", OPEN_TREE_CLONE).fails(Errno.EPERM);
    q.openTree("/new").succeeds();
    s.openTree("/new", OPEN_TREE_CLONE).succeeds();
  }

  @Claim(
      id = "open-tree-flags",
      section = "ERRORS",
      says = "AT_RECURSIVE without OPEN_TREE_CLONE, and unknown flags, are EINVAL",
      catches = "a kernel that ignores flags")
  void flags(Stage stage) {
    Task s = stage.task("S");
    s.openTree("/new", AT_RECURSIVE).fails(Errno.EINVAL);
    s.call(Syscall.OPEN_TREE, Value.workingDirectory(), Value.text("/new"), Value.bits(0x40000000))
        .fails(Errno.EINVAL);
    s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).succeeds();
  }

  @Claim(
      id = "open-tree-paths",
      section = "ERRORS",
      says = "A missing name is ENOENT; an empty path too without AT_EMPTY_PATH; links by flag",
      catches = "a kernel that takes an empty path for the working directory")
  void paths(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/new", "/link");
    s.createFile("/file");
    Descriptor mount = s.open("/new", OpenFlag.O_PATH).value();
    s.openTree("/none").fails(Errno.ENOENT);
    s.openTree("/file/x").fails(Errno.ENOTDIR);
    s.openTree(mount).fails(Errno.ENOENT);
    Descriptor same = s.openTree(mount, AT_EMPTY_PATH).value();
    s.stat(same).is(s.stat("/new").value());
    Descriptor followed = s.openTree("/link").value();
    s.stat(followed).is(s.stat("/new").value());
    Descriptor link = s.openTree("/link", AT_SYMLINK_NOFOLLOW).value();
    s.stat(link).isNot(s.stat("/new").value());
  }

  @Claim(
      id = "clone-unbindable",
      section = "ERRORS",
      says = "An unbindable mount is not cloned: EINVAL; below the top it is left out",
      catches = "a kernel that clones what must not be bound")
  void unbindable(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/other");
    s.mountTmpfs("/new/old");
    s.mountTmpfs("/new/other");
    s.propagation("/new/old", MS_UNBINDABLE);
    s.openTree("/new/old", OPEN_TREE_CLONE).fails(Errno.EINVAL);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place/old").isAbsent();
    s.mountAt("/place/other").isThere();
    s.propagation("/new/old", MS_PRIVATE);
    s.openTree("/new/old", OPEN_TREE_CLONE).succeeds();
  }

  @Claim(
      id = "clone-of-another-namespace",
      section = "ERRORS",
      says = "A mount of another mount namespace is not cloned: EINVAL",
      catches = "a kernel in which a descriptor is enough to take mounts out of a namespace")
  void otherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    s.openTree(foreign, AT_EMPTY_PATH, OPEN_TREE_CLONE).fails(Errno.EINVAL);
    s.openTree(foreign, AT_EMPTY_PATH).succeeds();
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    s.openTree(own, AT_EMPTY_PATH, OPEN_TREE_CLONE).succeeds();
  }

  @Claim(
      id = "clone-without-locked-submounts",
      section = "ERRORS",
      says =
          "In a less privileged namespace a clone takes the inherited mounts along, or is EINVAL",
      catches = "a kernel in which a clone shows what an inherited mount covers",
      userland = true)
  void lockedSubmounts(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    Task u = s.lessPrivileged("U");
    u.openTree("/new", OPEN_TREE_CLONE).fails(Errno.EINVAL);
    u.openTree("/", OPEN_TREE_CLONE).fails(Errno.EINVAL);
    u.openTree("/new/old", OPEN_TREE_CLONE).succeeds();
    Descriptor tree = u.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    u.mkdir("/place");
    u.moveMount(tree, "/place").succeeds();
    u.umount("/place/old").fails(Errno.EINVAL);
    u.umount("/place/old", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.umount("/place", UmountFlag.MNT_DETACH).succeeds();
  }

  @Claim(
      id = "clone-of-a-clone",
      section = "NOTES",
      editions = "none",
      says = "Whether a tree that is nowhere yet can be cloned again",
      catches = "a kernel that changes this")
  void cloneOfClone(Stage stage) {
    Task s = stage.task("S");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    Outcome<Descriptor> again = s.openTree(tree, AT_EMPTY_PATH, OPEN_TREE_CLONE);
    stage.fact("clone of a clone", again.verdict());
    s.moveMount(tree, "/new/old").succeeds();
    s.openTree(tree, AT_EMPTY_PATH, OPEN_TREE_CLONE).succeeds();
  }

  @Claim(
      id = "mount-in-a-detached-tree",
      section = "NOTES",
      editions = "none",
      says = "Whether mounts can be made in a tree that is nowhere yet; all see that there is none",
      catches = "a kernel in which such a mount shows up in a namespace")
  void mountInDetached(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.tree().value();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    Task q = s.fork("Q");
    q.fchdir(tree);
    Outcome<Void> mounted = q.mountTmpfs("old");
    stage.fact("mount(2) in it", mounted.verdict());
    s.tree().is(before);
    Descriptor other = s.openTree("/new", OPEN_TREE_CLONE).value();
    Outcome<Void> attached =
        q.moveMount(other, "", Value.workingDirectory(), "old", MOVE_MOUNT_F_EMPTY_PATH);
    stage.fact("move_mount(2) into it", attached.verdict());
    s.tree().is(before);
  }

  @Claim(
      id = "umount-in-a-detached-tree",
      section = "NOTES",
      editions = "none",
      says = "A tree that is nowhere yet cannot be unmounted or given another type, only closed",
      catches = "a kernel that unmounts what a descriptor still owns")
  void umountDetached(Stage stage) {
    Task s = stage.task("S");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    Task q = s.fork("Q");
    q.fchdir(tree);
    q.umount(".").fails(Errno.EINVAL);
    q.umount(".", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    stage.fact("change of its type", q.propagation(".", MS_SHARED).verdict());
    s.moveMount(tree, "/new/old").succeeds();
    q.umount(".", UmountFlag.MNT_DETACH).succeeds();
  }
}
