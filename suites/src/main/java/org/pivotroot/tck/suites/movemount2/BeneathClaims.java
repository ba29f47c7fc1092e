package org.pivotroot.tck.suites.movemount2;

import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_BENEATH;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_SET_GROUP;
import static org.pivotroot.tck.model.call.MoveMountFlag.MOVE_MOUNT_T_EMPTY_PATH;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import java.util.stream.Stream;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** MOVE_MOUNT_BENEATH: attaching a mount under the one that is there. */
@Page("move_mount(2)")
class BeneathClaims {
  private static final String SINCE = "6.5";
  private static final String LACKING = "MOVE_MOUNT_BENEATH came with Linux 6.5";

  /** Mounts a tmpfs on /place, and puts a clone of /new beneath it; the clone. */
  private static FileId putBeneath(Stage stage, Task s) {
    s.newTmpfs("/place");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    FileId clone = s.stat(tree).value();
    Outcome<Void> moved = beneath(s, tree, "/place");
    if (moved.failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("MOVE_MOUNT_BENEATH");
    }
    moved.succeeds();
    s.close(tree);
    return clone;
  }

  private static Outcome<Void> beneath(Task s, Descriptor tree, String place) {
    return s.moveMount(
        tree, "", Value.workingDirectory(), place, MOVE_MOUNT_F_EMPTY_PATH, MOVE_MOUNT_BENEATH);
  }

  @Claim(
      id = "beneath-goes-under-the-top",
      section = "DESCRIPTION",
      says = "The new mount lies under the topmost one, which stays in sight until it is unmounted",
      catches = "a kernel that puts the new mount on top, or at the bottom")
  @NotApplicable(before = SINCE, because = LACKING)
  void underTheTop(Stage stage) {
    Task s = stage.task("S");
    FileId clone = putBeneath(stage, s);
    FileId top = s.stat("/place").value();
    stage.check(stage.mountOf(top) != stage.mountOf(clone), "the new mount is on top");
    s.mountAt("/place").isMount(stage.mountOf(top)).isOn(stage.mountOf(clone));
    s.umount("/place").succeeds();
    s.stat("/place").is(clone);
    s.umount("/place").succeeds();
    s.mountAt("/place").isAbsent();
  }

  @Claim(
      id = "beneath-keeps-those-who-are-in-the-top",
      section = "DESCRIPTION",
      says = "A task with its working directory in the upper mount stays there and keeps its path",
      catches = "a kernel in which what is put beneath swallows the mount over it")
  @NotApplicable(before = SINCE, because = LACKING)
  void keepsThoseInTheTop(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/first");
    Task q = s.fork("Q");
    q.chdir("/first");
    FileId inside = q.stat(".").value();
    putBeneath(stage, s);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    beneath(s, tree, "/first").succeeds();
    q.cwd().is(inside);
    q.getcwd().is("/first");
    q.stat("..").is(s.stat("/").value());
  }

  @Claim(
      id = "beneath-needs-a-mount",
      section = "ERRORS",
      says = "Where nothing is mounted nothing can go beneath: EINVAL",
      catches = "a kernel that then mounts on top")
  @NotApplicable(before = SINCE, because = LACKING)
  void needsMount(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.mkdir("/bare");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    beneath(s, tree, "/bare").fails(Errno.EINVAL);
    s.mountTmpfs("/bare");
    beneath(s, tree, "/bare").succeeds();
  }

  @Claim(
      id = "beneath-what-is-no-longer-mounted",
      section = "ERRORS",
      says = "Nothing goes beneath a mount that was taken off: ENOENT, as on top of it",
      catches = "a kernel that attaches to what nobody can reach, or finds another fault first")
  @NotApplicable(before = SINCE, because = LACKING)
  @Contradicted(
      from = "6.17",
      before = "6.18",
      because =
          "do_lock_mount() of 6.17 finds that the mount is on nothing, EINVAL, before it finds that"
              + " it is in no namespace")
  void noLongerMounted(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.newTmpfs("/gone");
    Descriptor gone = s.open("/gone", OpenFlag.O_PATH).value();
    Descriptor place = s.open("/place", OpenFlag.O_PATH).value();
    s.umount("/gone", UmountFlag.MNT_DETACH).succeeds();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    MountTable before = s.mounts().value();
    onto(s, tree, gone).fails(Errno.ENOENT);
    onto(s, tree, gone, MOVE_MOUNT_BENEATH).fails(Errno.ENOENT);
    s.mounts().is(before);
    onto(s, tree, place, MOVE_MOUNT_BENEATH).succeeds();
  }

  private static Outcome<Void> onto(
      Task s, Descriptor tree, Descriptor place, MoveMountFlag... how) {
    MoveMountFlag[] flags =
        Stream.concat(Stream.of(how), Stream.of(MOVE_MOUNT_F_EMPTY_PATH, MOVE_MOUNT_T_EMPTY_PATH))
            .toArray(MoveMountFlag[]::new);
    return s.moveMount(tree, "", place, "", flags);
  }

  @Claim(
      id = "beneath-from-under-a-mount",
      section = "ERRORS",
      editions = "none",
      says = "A mount that is covered itself is not put beneath another: EINVAL",
      catches = "a kernel that then has two stacks in one place")
  @NotApplicable(before = SINCE, because = LACKING)
  void fromUnderAMount(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.newTmpfs("/from");
    Descriptor from = s.open("/from", OpenFlag.O_PATH).value();
    s.mountTmpfs("/from");
    beneath(s, from, "/place").fails(Errno.EINVAL);
    s.umount("/from");
    beneath(s, from, "/place").succeeds();
  }

  @Claim(
      id = "beneath-itself",
      section = "ERRORS",
      says = "A mount cannot go beneath one that it is mounted on or in: EINVAL",
      catches = "a kernel that makes a circle of mounts")
  @NotApplicable(before = SINCE, because = LACKING)
  void beneathItself(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.mountTmpfs("/new/old");
    s.moveMount("/new/old", "/new", MOVE_MOUNT_BENEATH).fails(Errno.EINVAL);
    s.mkdir("/other");
    s.mountTmpfs("/other");
    s.moveMount("/other", "/new", MOVE_MOUNT_BENEATH).succeeds();
  }

  @Claim(
      id = "beneath-a-peer-of-the-parent",
      section = "ERRORS",
      says = "Not where the parent's group would send a copy on top of the new mount: EINVAL",
      catches = "a kernel in which the new mount is covered by its own copy")
  @NotApplicable(before = SINCE, because = LACKING)
  void peerOfParent(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.newTmpfs("/parent");
    s.mkdir("/parent/child");
    s.propagation("/parent", MS_SHARED);
    s.bind("/parent/child", "/parent/child");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    beneath(s, tree, "/parent/child").fails(Errno.EINVAL);
    s.propagation("/parent/child", MS_PRIVATE);
    beneath(s, tree, "/parent/child").succeeds();
  }

  @Claim(
      id = "beneath-propagates",
      section = "DESCRIPTION",
      says = "Under a mount on a shared one, it comes beneath the peer's mount there as well",
      catches = "a kernel that puts the propagated mount on top")
  @NotApplicable(before = SINCE, because = LACKING)
  void propagates(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.newTmpfs("/shared");
    s.mkdir("/shared/child");
    s.propagation("/shared", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/shared/child");
    FileId top = q.stat("/shared/child").value();
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    FileId clone = s.stat(tree).value();
    beneath(s, tree, "/shared/child").succeeds();
    q.stat("/shared/child").is(top);
    s.umount("/shared/child").succeeds();
    s.stat("/shared/child").is(clone);
    stage.check(q.stat("/shared/child").value().sameFile(clone), "the peer shows something else");
  }

  @Claim(
      id = "beneath-then-unmount-exchanges-the-root",
      section = "NOTES",
      says = "Beneath the mount of a new root, then pivot_root(2), and the old root goes on it",
      catches = "a kernel that takes the lower mount of the stack for the new root")
  @NotApplicable(before = SINCE, because = LACKING)
  void pivot(Stage stage) {
    Task s = stage.task("S");
    FileId clone = putBeneath(stage, s);
    FileId top = s.stat("/place").value();
    FileId root = s.stat("/").value();
    s.mkdir("/place/old");
    s.pivotRoot("/place", "/place/old").succeeds();
    s.stat("/").is(top);
    s.stat("/old").is(root);
    s.stat("/old/place").is(clone);
  }

  @Claim(
      id = "beneath-and-set-group",
      section = "ERRORS",
      says = "MOVE_MOUNT_BENEATH and MOVE_MOUNT_SET_GROUP together are EINVAL",
      catches = "a kernel that does one and forgets the other")
  @NotApplicable(before = SINCE, because = LACKING)
  void both(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    MountTable before = s.mounts().value();
    s.moveMount("/new", "/place", MOVE_MOUNT_BENEATH, MOVE_MOUNT_SET_GROUP).fails(Errno.EINVAL);
    s.mounts().is(before);
  }

  @Claim(
      id = "beneath-a-locked-mount-takes-its-lock",
      section = "DESCRIPTION",
      says =
          "What is put beneath a locked mount takes over the lock: the upper one may then be"
              + " unmounted, the lower may not",
      catches = "a kernel in which two unmounts show what a locked mount was to hide",
      userland = true)
  @NotApplicable(
      before = "7.1",
      because =
          "can_move_mount_beneath() refuses a locked mount (EINVAL) up to Linux 7.0, and there is no"
              + " MOVE_MOUNT_BENEATH before 6.5")
  void takesTheLock(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/place");
    s.mkdir("/own");
    Task u = s.lessPrivileged("U");
    u.mountTmpfs("/own");
    FileId own = u.stat("/own").value();
    u.umount("/place").fails(Errno.EINVAL);
    Outcome<Void> moved =
        u.moveMount(
            Value.workingDirectory(),
            "/own",
            Value.workingDirectory(),
            "/place",
            MOVE_MOUNT_BENEATH);
    if (moved.failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("MOVE_MOUNT_BENEATH a locked mount");
    }
    moved.succeeds();
    u.umount("/place").succeeds();
    u.stat("/place").is(own);
    u.umount("/place").fails(Errno.EINVAL);
    u.stat("/place").is(own);
  }

  @Claim(
      id = "beneath-what-would-come-on-top-of-it",
      section = "ERRORS",
      says =
          "A mount does not go beneath one on a mount that propagates to it, as its own copy would"
              + " come to lie on it: EINVAL",
      catches = "a kernel that looks at the mount above and not at the one that goes beneath")
  @NotApplicable(before = SINCE, because = LACKING)
  void wouldComeOnTop(Stage stage) {
    Task s = stage.task("S");
    putBeneath(stage, s);
    s.propagation("/new", MountFlag.MS_SHARED);
    Descriptor below = s.open("/new/old", OpenFlag.O_PATH).value();
    s.mountTmpfs("/new/old");
    s.mkdir("/peer");
    // What the mount lies on, as a mount of its own: it receives what is mounted on /new/old.
    Descriptor tree = s.openTree(below, AtFlag.AT_EMPTY_PATH, OPEN_TREE_CLONE).value();
    s.moveMount(tree, "/peer").succeeds();
    s.mountAt("/peer").isPeerOf(s.mountAt("/new"));
    s.moveMount("/peer", "/new/old", MOVE_MOUNT_BENEATH).fails(Errno.EINVAL);
    s.propagation("/peer", MountFlag.MS_SLAVE);
    s.moveMount("/peer", "/new/old", MOVE_MOUNT_BENEATH).fails(Errno.EINVAL);
    s.propagation("/peer", MountFlag.MS_PRIVATE);
    s.moveMount("/peer", "/new/old", MOVE_MOUNT_BENEATH).succeeds();
  }
}
