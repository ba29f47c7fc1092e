package org.pivotroot.tck.suites.movemount2;

import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_F_SYMLINKS;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_T_EMPTY_PATH;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_T_SYMLINKS;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Moving a mount, and attaching one that is nowhere yet. */
@Page("move_mount(2)")
class MoveClaims {

  @Claim(
      id = "move-mount-moves",
      section = "DESCRIPTION",
      says = "The mount itself, with what is mounted on it, goes from one path to another",
      catches = "a kernel that makes a copy, or leaves the mounts below behind")
  void moves(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    Task q = s.fork("Q");
    q.chdir("/new/old");
    FileId moved = s.stat("/new").value();
    FileId below = s.stat("/new/old").value();
    s.moveMount("/new", "/place").succeeds();
    s.stat("/place").is(moved);
    s.stat("/place/old").is(below);
    s.mountAt("/new").isAbsent();
    s.mountAt("/place").isMount(stage.mountOf(moved)).isPrivate();
    q.getcwd().is("/place/old");
    q.cwd().is(below);
  }

  @Claim(
      id = "move-mount-moves-the-top-of-a-stack",
      section = "DESCRIPTION",
      says = "Of mounts stacked on one place the uppermost is moved, and uncovers the next",
      catches = "a kernel that moves the lowest one, or all of them")
  void movesTheTop(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    FileId lower = s.stat("/new").value();
    s.mountTmpfs("/new");
    FileId upper = s.stat("/new").value();
    s.moveMount("/new", "/place").succeeds();
    s.stat("/new").is(lower);
    s.stat("/place").is(upper);
  }

  @Claim(
      id = "move-mount-attaches-a-clone",
      section = "DESCRIPTION",
      says = "A clone made by open_tree(2) is attached: the descriptor then leads to that mount",
      catches = "a kernel that attaches a copy of the copy, or takes the original")
  void attaches(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    FileId original = s.stat("/new").value();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    FileId clone = s.stat(tree).value();
    stage.check(clone.sameFile(original), "the clone is of another directory");
    stage.check(stage.mountOf(clone) != stage.mountOf(original), "the clone is the original mount");
    s.mountAt("/place").isAbsent();
    s.moveMount(tree, "/place").succeeds();
    s.stat("/place").is(clone);
    s.stat("/new").is(original);
    s.mountAt("/place").isMount(stage.mountOf(clone)).isPrivate();
  }

  @Claim(
      id = "move-mount-again-by-the-same-descriptor",
      section = "DESCRIPTION",
      says = "What a descriptor attached it can move on, as it leads to a mount like any other",
      catches = "a kernel that attaches it a second time, or refuses because it is not detached")
  void again(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/next");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    FileId clone = s.stat(tree).value();
    s.moveMount(tree, "/place").succeeds();
    s.moveMount(tree, "/next").succeeds();
    s.stat("/next").is(clone);
    s.mountAt("/place").isAbsent();
  }

  @Claim(
      id = "move-mount-to-a-descriptor",
      section = "DESCRIPTION",
      says = "With MOVE_MOUNT_T_EMPTY_PATH the place is what the second descriptor refers to",
      catches = "a kernel that looks at the working directory instead")
  void toDescriptor(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    FileId moved = s.stat("/new").value();
    Descriptor place = s.open("/place", OpenFlag.O_PATH).value();
    s.moveMount(Value.workingDirectory(), "/new", place, "").fails(Errno.ENOENT);
    s.moveMount(Value.workingDirectory(), "/new", place, "", MOVE_MOUNT_T_EMPTY_PATH).succeeds();
    s.stat("/place").is(moved);
  }

  @Claim(
      id = "move-mount-from-a-descriptor-needs-the-flag",
      section = "DESCRIPTION",
      says = "An empty first path without MOVE_MOUNT_F_EMPTY_PATH is ENOENT",
      catches = "a kernel that takes the empty path for the descriptor always")
  void fromDescriptor(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor mount = s.open("/new", OpenFlag.O_PATH).value();
    s.moveMount(mount, "", Value.workingDirectory(), "/place").fails(Errno.ENOENT);
    s.moveMount(mount, "", Value.workingDirectory(), "/place", MOVE_MOUNT_F_EMPTY_PATH).succeeds();
    s.mountAt("/place").isThere();
  }

  @Claim(
      id = "move-mount-follows-links-where-told",
      section = "DESCRIPTION",
      says = "Symbolic links at the end of the paths are followed only with the flags for that",
      catches = "a kernel that always follows them, or confuses the two flags")
  void links(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.symlink("/new", "/from");
    s.symlink("/place", "/to");
    FileId moved = s.stat("/new").value();
    s.moveMount("/from", "/place").fails(Errno.EINVAL);
    s.moveMount("/from", "/place", MOVE_MOUNT_T_SYMLINKS).fails(Errno.EINVAL);
    s.moveMount("/new", "/to").fails(Errno.EINVAL);
    s.moveMount("/new", "/to", MOVE_MOUNT_F_SYMLINKS).fails(Errno.EINVAL);
    s.moveMount("/from", "/to", MOVE_MOUNT_F_SYMLINKS, MOVE_MOUNT_T_SYMLINKS).succeeds();
    s.stat("/place").is(moved);
  }

  @Claim(
      id = "move-mount-needs-sys-admin",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN it is EPERM, whatever else is wrong",
      catches = "a kernel that moves mounts for everybody, or tells them which paths exist")
  void needsAdmin(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.moveMount("/new", "/place").fails(Errno.EPERM);
    q.moveMount("/none", "/none").fails(Errno.EPERM);
    unknownFlag(q, 0x1000).fails(Errno.EPERM);
    s.moveMount("/new", "/place").succeeds();
  }

  private static Outcome<Void> unknownFlag(Task task, long flag) {
    return task.call(
        Syscall.MOVE_MOUNT,
        Value.workingDirectory(),
        Value.text("/new"),
        Value.workingDirectory(),
        Value.text("/place"),
        Value.bits(flag));
  }

  @Claim(
      id = "move-mount-unknown-flag",
      section = "ERRORS",
      says = "A flag that there is none of is EINVAL",
      catches = "a kernel that ignores what it does not know")
  void unknown(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    unknownFlag(s, 0x1000).fails(Errno.EINVAL);
    unknownFlag(s, 0x80000000L).fails(Errno.EINVAL);
    unknownFlag(s, 0).succeeds();
  }

  @Claim(
      id = "move-mount-of-no-mount",
      section = "ERRORS",
      says = "A directory that is the root of no mount cannot be moved: EINVAL",
      catches = "a kernel that moves the mount that the directory is in")
  void noMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.moveMount("/new/old", "/place").fails(Errno.EINVAL);
    s.bind("/new/old", "/new/old");
    s.moveMount("/new/old", "/place").succeeds();
  }

  @Claim(
      id = "move-mount-of-the-root",
      section = "ERRORS",
      says = "The root mount of the namespace is on nothing and cannot be moved, below itself",
      catches = "a kernel that hangs the root below itself, or loses it")
  void root(Stage stage) {
    Task s = stage.task("S");
    Outcome<Void> moved = s.moveMount("/", "/new");
    moved.fails();
    stage.fact("errno", moved.verdict());
    s.moveMount("/", "/new/old").fails();
    s.mkdir("/place");
    s.moveMount("/new", "/place").succeeds();
  }

  @Claim(
      id = "move-mount-into-itself",
      section = "ERRORS",
      says = "A mount cannot be moved to a place below itself, near or far: ELOOP",
      catches = "a kernel that makes a circle of mounts, which nobody can reach")
  void intoItself(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mkdir("/mid/place");
    s.moveMount("/mid", "/mid/place").fails(Errno.ELOOP);
    s.moveMount("/mid", "/mid/next/old").fails(Errno.ELOOP);
    s.moveMount("/mid/next", "/mid/place").succeeds();
  }

  @Claim(
      id = "move-mount-directory-and-file",
      section = "ERRORS",
      says = "A directory does not go on a file or a file on a directory: EINVAL",
      catches = "a kernel that mixes them, which then breaks lookups, or says ENOTDIR as mount(2)")
  void fileAndDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.createFile("/file");
    s.createFile("/other");
    s.bind("/file", "/file");
    s.moveMount("/new", "/other").fails(Errno.EINVAL);
    s.moveMount("/file", "/place").fails(Errno.EINVAL);
    s.moveMount("/file", "/other").succeeds();
    s.moveMount("/new", "/place").succeeds();
  }

  @Claim(
      id = "move-mount-of-another-namespace",
      section = "ERRORS",
      says = "Neither a mount of another namespace nor a place in one will do: EINVAL",
      catches = "a kernel that moves mounts between namespaces")
  void otherNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    Descriptor foreignPlace = q.open("/place", OpenFlag.O_PATH).value();
    Value here = Value.workingDirectory();
    s.moveMount(foreign, "", here, "/place", MOVE_MOUNT_F_EMPTY_PATH).fails(Errno.EINVAL);
    s.moveMount(here, "/new", foreignPlace, "", MOVE_MOUNT_T_EMPTY_PATH).fails(Errno.EINVAL);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.moveMount(tree, "", foreignPlace, "", MOVE_MOUNT_F_EMPTY_PATH, MOVE_MOUNT_T_EMPTY_PATH)
        .fails(Errno.EINVAL);
    s.moveMount(tree, "/place").succeeds();
    s.moveMount("/new", "/place").succeeds();
  }

  @Claim(
      id = "move-mount-of-a-part-of-a-clone",
      section = "ERRORS",
      says = "A mount within a clone that is nowhere yet cannot be moved, only its top: EINVAL",
      catches = "a kernel that tears a tree apart that it keeps for a descriptor")
  void partOfClone(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AtFlag.AT_RECURSIVE).value();
    Value here = Value.workingDirectory();
    s.moveMount(tree, "old", here, "/place").fails(Errno.EINVAL);
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place/old").isThere();
  }

  @Claim(
      id = "move-mount-of-a-clone-into-itself",
      section = "ERRORS",
      editions = "none",
      says = "A tree that is attached nowhere is not attached within itself: EINVAL",
      catches = "a kernel that makes a circle which nobody can reach")
  void cloneIntoItself(Stage stage) {
    Task s = stage.task("S");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.moveMount(tree, "", tree, "old", MOVE_MOUNT_F_EMPTY_PATH).fails(Errno.EINVAL);
    s.moveMount(tree, "", tree, "", MOVE_MOUNT_F_EMPTY_PATH, MOVE_MOUNT_T_EMPTY_PATH)
        .fails(Errno.EINVAL);
    Descriptor other = s.openTree("/new", OPEN_TREE_CLONE).value();
    stage.fact(
        "another attached within it",
        s.moveMount(other, "", tree, "old", MOVE_MOUNT_F_EMPTY_PATH).verdict());
    s.moveMount(tree, "/new/old").succeeds();
  }

  @Claim(
      id = "detached-tree-of-another-namespace",
      section = "ERRORS",
      editions = "none",
      says =
          "A tree that is attached nowhere is not cloned, and nothing is attached in it, but in the"
              + " namespace that it was made in: EINVAL",
      catches = "a kernel in which who is handed a descriptor changes another's mounts")
  void detachedTreeOfAnotherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor theirs = q.openTree("/new", OPEN_TREE_CLONE).value();
    s.openTree(theirs, AtFlag.AT_EMPTY_PATH, OPEN_TREE_CLONE).fails(Errno.EINVAL);
    Descriptor own = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.moveMount(own, "", theirs, "old", MOVE_MOUNT_F_EMPTY_PATH).fails(Errno.EINVAL);
    stage.fact(
        "cloned in one's own", q.openTree(theirs, AtFlag.AT_EMPTY_PATH, OPEN_TREE_CLONE).verdict());
    stage.fact("attached in one's own", attached(q, theirs));
    q.moveMount(theirs, "/new/old").succeeds();
    s.mountAt("/new/old").isAbsent();
    s.moveMount(own, "/new/old").succeeds();
  }

  private static String attached(Task q, Descriptor theirs) {
    Descriptor more = q.openTree("/new", OPEN_TREE_CLONE).value();
    return q.moveMount(more, "", theirs, "old", MOVE_MOUNT_F_EMPTY_PATH).verdict();
  }

  @Claim(
      id = "move-mount-locked",
      section = "ERRORS",
      says = "A mount that came with the copy of a less privileged namespace stays: EINVAL",
      catches = "a kernel in which moving a mount away shows what it covers",
      userland = true)
  void locked(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/own");
    Task u = s.lessPrivileged("U");
    u.moveMount("/new", "/place").fails(Errno.EINVAL);
    u.mountTmpfs("/own");
    u.moveMount("/own", "/place").succeeds();
  }

  @Claim(
      id = "moved-mount-is-new-root",
      section = "DESCRIPTION",
      says = "A mount that was moved can be the new root, and the old root be moved in it",
      catches = "a kernel that keeps the old place of a mount for pivot_root(2)")
  void pivot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/away");
    Task q = s.fork("Q");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.moveMount("/new", "/place").succeeds();
    s.pivotRoot("/place", "/place/old").succeeds();
    s.stat("/").is(next);
    s.moveMount("/old", "/away").succeeds();
    s.stat("/away").is(root);
    q.root().is(next);
    s.umount("/away").succeeds();
    s.drawing().is("/");
  }
}
