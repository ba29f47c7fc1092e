package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.look.FileId;

/** A system that still runs on its initramfs, the rootfs. */
@Page("pivot_root(2)")
class InitramfsClaims {
  private static final int INIT = 1;
  private static final int KTHREADD = 2;

  private static final String SINCE_7_0 =
      "an immutable, empty nullfs lies beneath the rootfs, which is thereby a mount like any other"
          + " with a parent to be re-hung from, so the call succeeds (merge"
          + " \"vfs-7.0-rc1.nullfs\")";

  private static final String BEFORE_7_0 =
      "the rootfs is the topmost mount: it has no parent that the new root could be hung on, and"
          + " the call is refused with EINVAL";

  private static final String SINCE_7_3 =
      "kernel threads are started with an fs state of their own in a private nullfs (series"
          + " \"fs,kthread: start all kthreads in nullfs\")";

  /**
   * A new root with the programs of the old one, as every real one has them: init needs its own.
   */
  private static Task preparedWithPrograms(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    for (String directory : new String[] {"usr", "opt", "etc"}) {
      s.mkdir("/new/" + directory);
      s.bind("/" + directory, "/new/" + directory);
    }
    for (String link : new String[] {"bin", "sbin", "lib", "lib64"}) {
      s.symlink("usr/" + link, "/new/" + link);
    }
    for (String directory : new String[] {"proc", "dev"}) {
      s.mkdir("/new/" + directory);
      s.move("/" + directory, "/new/" + directory);
    }
    return s;
  }

  /** The pivot of the initramfs, where the kernel knows it. */
  private static void pivot(Stage stage, Task s, String newRoot, String putOld) {
    Outcome<Void> pivot = s.pivotRoot(newRoot, putOld);
    if (pivot.failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("pivot_root of the rootfs");
    }
    pivot.succeeds();
  }

  @Claim(
      id = "rootfs-cannot-be-pivoted",
      section = "ERRORS",
      says = "While the current root is the rootfs, the call fails with EINVAL",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      catches = "a kernel that lets the rootfs be pivoted, or refuses it with another error")
  @Contradicted(from = "7.0", because = SINCE_7_0)
  void rootfsCannotBePivoted(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    // Nothing but the rootfs was in the way: once another mount is the root, the call works.
    s.mkdir("/new/newer");
    s.chdir("/new");
    s.move(".", "/");
    s.chroot(".");
    s.chdir("/");
    s.mountTmpfs("/newer");
    s.mkdir("/newer/old");
    FileId newer = s.stat("/newer").value();
    s.pivotRoot("/newer", "/newer/old").succeeds();
    s.stat("/").is(newer);
  }

  @Claim(
      id = "rootfs-cannot-be-pivoted-dot-dot",
      section = "NOTES",
      says = "Nor can the rootfs be stacked on the new root by pivot_root(\".\", \".\")",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      catches = "a kernel that lets the rootfs be pivoted when new_root and put_old are the same")
  @Contradicted(from = "7.0", because = SINCE_7_0)
  void rootfsCannotBePivotedDotDot(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    s.chdir("/new");
    s.pivotRoot(".", ".").fails(Errno.EINVAL);
  }

  @Claim(
      id = "rootfs-copy-cannot-be-pivoted",
      section = "ERRORS",
      says = "In a copied mount namespace the copy of the rootfs cannot be pivoted either",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      catches = "a kernel that refuses the initial namespace's rootfs only")
  @Contradicted(from = "7.0", because = SINCE_7_0)
  void rootfsCopyCannotBePivoted(Stage stage) {
    stage.taskWithNewRoot("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
  }

  @Claim(
      id = "initramfs-handoff",
      section = "NOTES",
      says = "The initramfs can be pivoted away and freed, and every task is on the real root",
      editions = "none",
      in = Placement.INITRAMFS,
      catches = "a kernel that pivots the rootfs but leaves PID 1 on it, or cannot free it")
  @NotApplicable(before = "7.0", because = BEFORE_7_0)
  void initramfsHandoff(Stage stage) {
    Task s = preparedWithPrograms(stage);
    FileId rootfs = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    long beneath = s.mountOf(rootfs).value().parent();
    pivot(stage, s, "/new", "/new/old");
    s.stat("/").is(newRoot);
    s.stat("/old").is(rootfs);
    stage.rootOf(INIT).is(newRoot);
    stage.cwdOf(INIT).is(newRoot);
    s.mountOf(newRoot).isOn(beneath);
    s.umount("/old", UmountFlag.MNT_DETACH).succeeds();
    s.mountOf(rootfs).isAbsent();
    s.mountOf(newRoot).isThere();
    s.stat("/").is(newRoot);
  }

  @Claim(
      id = "initramfs-handoff-dot-dot",
      section = "NOTES",
      says = "The initramfs can be stacked on the real root and detached without a put_old",
      editions = "none",
      in = Placement.INITRAMFS,
      catches = "a kernel on which the dot-dot sequence works for every root but the rootfs")
  @NotApplicable(before = "7.0", because = BEFORE_7_0)
  void initramfsHandoffDotDot(Stage stage) {
    Task s = preparedWithPrograms(stage);
    FileId rootfs = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chdir("/new");
    pivot(stage, s, ".", ".");
    s.umount(".", UmountFlag.MNT_DETACH).succeeds();
    s.mountOf(rootfs).isAbsent();
    s.mountOf(newRoot).isThere();
    s.stat("/").is(newRoot);
    s.stat(".").is(newRoot);
    stage.rootOf(INIT).is(newRoot);
  }

  @Claim(
      id = "kthread-follows-pivot-of-initramfs",
      section = "DESCRIPTION",
      says = "Kernel threads, too, are moved from the initramfs to the new root",
      in = Placement.INITRAMFS,
      catches = "a kernel that leaves kernel threads on the pivoted rootfs")
  @NotApplicable(before = "7.0", because = BEFORE_7_0)
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void kthreadFollowsPivotOfInitramfs(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId newRoot = s.stat("/new").value();
    pivot(stage, s, "/new", "/new/old");
    stage.rootOf(KTHREADD).is(newRoot);
    stage.cwdOf(KTHREADD).is(newRoot);
  }

  @Claim(
      id = "rootfs-other-ways",
      section = "NOTES",
      says =
          "The recommended way off the rootfs is to mount the new root over it and to enter that:"
              + " mount with MS_MOVE, then chroot and chdir",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      catches = "a kernel that cannot overmount its rootfs, or whose chroot keeps the covered one")
  void rootfsOtherWays(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task p = stage.task("P");
    FileId rootfs = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chdir("/new");
    s.move(".", "/").succeeds();
    s.root().is(rootfs);
    s.cwd().is(newRoot);
    s.chroot(".").succeeds();
    s.chdir("/").succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    s.stat("/..").is(newRoot);
    s.getcwd().is("/");
    s.mountAt("/").isMount(newRoot.mount());
    stage.check(
        s.mounts().value().mounts().size() == 1,
        "from the new root, other mounts than it are to be seen");
    s.mountOf(newRoot).isOn(rootfs.mount());
    // Unlike pivot_root, this concerns nobody else's root.
    p.root().is(rootfs);
    stage.rootOf(INIT).is(rootfs);
  }

  @Claim(
      id = "rootfs-other-ways-switch-root",
      section = "NOTES",
      says =
          "switch_root(8) does it: the rootfs is emptied, the new root lies over it, and the new"
              + " init runs there",
      editions = "5.03+",
      in = Placement.INITRAMFS,
      userland = true,
      catches = "a kernel on which switch_root cannot move, enter or empty")
  void rootfsOtherWaysSwitchRoot(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    s.createFile("/marker");
    s.stat("/marker").succeeds();
    s.createFile("/new/real");
    FileId rootfs = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.run("cp", "/usr/bin/busybox", "/new/busybox");
    Outcome<Ran> init =
        s.run("switch_root", "/new", "/busybox", "sh", "-c", "/busybox pwd; /busybox ls /");
    init.is(new Ran(0, "/\nbusybox\nold\nreal", ""));
    s.mountOf(newRoot).isOn(rootfs.mount());
    s.root().is(rootfs);
    s.stat("/marker").fails(Errno.ENOENT);
    s.stat("/usr").fails(Errno.ENOENT);
  }
}
