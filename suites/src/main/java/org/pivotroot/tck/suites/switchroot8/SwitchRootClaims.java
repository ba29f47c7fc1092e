package org.pivotroot.tck.suites.switchroot8;

import static org.pivotroot.tck.model.call.Errno.ENOENT;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.look.FileId;

/** The program switch_root of util-linux, run by a child: only its chroot(2) is the child's own. */
@Page("switch_root(8)")
@Needs(Feature.MOVING)
class SwitchRootClaims {

  @Claim(
      id = "switch-root-moves-dev-proc-sys-run",
      section = "DESCRIPTION",
      says = "Mounted /proc, /dev, /sys and /run are moved to the new root, which becomes the root",
      catches = "a kernel in which one of the moves fails",
      userland = true)
  void movesMounts(Stage stage) {
    Task s = stage.task("S");
    for (String each : new String[] {"/sys", "/run", "/new/proc", "/new/dev", "/new/sys"}) {
      s.mkdir(each);
    }
    s.mkdir("/new/run");
    s.mountTmpfs("/sys");
    s.mountTmpfs("/run");
    FileId proc = s.stat("/proc").value();
    FileId dev = s.stat("/dev").value();
    FileId sys = s.stat("/sys").value();
    FileId run = s.stat("/run").value();
    long newRoot = s.stat("/new").value().mount();
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    s.run("switch_root", "/new", "/busybox", "ls", "/")
        .is(new Ran(0, "busybox\ndev\nold\nproc\nrun\nsys", ""));
    for (FileId each : List.of(proc, dev, sys, run)) {
      s.mountOf(each).isOn(newRoot);
    }
    s.mountInTreeAt("/").isMount(newRoot);
  }

  @Claim(
      id = "switch-root-deletes-old-root-content",
      section = "DESCRIPTION",
      says = "Everything on the old root file system is removed, but nothing that is mounted on it",
      catches = "a kernel in which the removal crosses into mounts",
      userland = true)
  void deletes(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/directory");
    s.createFile("/directory/file");
    s.newTmpfs("/mounted");
    s.createFile("/mounted/kept");
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    s.run("switch_root", "/new", "/busybox", "true").value();
    s.stat("/directory").fails(ENOENT);
    s.stat("/mounted/kept").succeeds();
  }

  @Claim(
      id = "switch-root-not-mount-point",
      section = "NOTES",
      says = "It fails if the new root is no mount, and works after a bind mount of it onto itself",
      catches = "a kernel in which a mere directory can be moved over the root",
      userland = true)
  void notMountPoint(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/dir");
    s.run("cp", "/usr/bin/busybox", "/new/dir/busybox").is(new Ran(0, "", ""));
    Ran ran = s.run("switch_root", "/new/dir", "/busybox", "true").value();
    stage.check(ran.status() == 1, () -> "the status is " + ran.status());
    stage.check(
        ran.error().contains("moving /new/dir to /: Invalid argument"),
        () -> "it said " + ran.error());
    s.bind("/new/dir", "/new/dir");
    s.run("switch_root", "/new/dir", "/busybox", "echo", "here").is(new Ran(0, "here", ""));
  }

  @Claim(
      id = "switch-root-deletes-initramfs-content",
      section = "DESCRIPTION",
      says = "On the initramfs it frees what the archive was unpacked to",
      catches = "a kernel in which the first root cannot be moved over and emptied",
      in = Placement.INITRAMFS,
      userland = true)
  void deletesInitramfs(Stage stage) {
    Task s = stage.task("S");
    s.stat("/init").succeeds();
    s.mountTmpfs("/mnt");
    s.run("cp", "/usr/bin/busybox", "/mnt/busybox").is(new Ran(0, "", ""));
    long newRoot = s.stat("/mnt").value().mount();
    s.run("switch_root", "/mnt", "/busybox", "echo", "here").is(new Ran(0, "here", ""));
    s.stat("/init").fails(ENOENT);
    s.stat("/usr").fails(ENOENT);
    s.mountInTreeAt("/").isMount(newRoot);
  }

  @Claim(
      id = "switch-root-starts-init",
      section = "DESCRIPTION",
      says = "The program that is named runs in the new root, as the process that called",
      catches = "a kernel in which the new program has another PID or root",
      userland = true)
  void startsInit(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    s.createFile("/new/here");
    s.run(
            "sh",
            "-c",
            "exec switch_root /new /busybox sh -c"
                + " 'test $$ = $0 && test -e /here && test -e here && test / -ef . && echo init' $$")
        .is(new Ran(0, "init", ""));
  }

  @Claim(
      id = "switch-root-never-returns",
      section = "EXIT STATUS",
      says = "On success the status is that of the program that took its place; on failure it is 1",
      catches = "a kernel in which execve(2) in the new root comes back",
      userland = true)
  void neverReturns(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    Ran failed = s.run("switch_root", "/missing", "/busybox", "sh", "-c", "exit 42").value();
    stage.check(failed.status() == 1, () -> "without a new root it ended with " + failed.status());
    s.run("switch_root", "/new", "/busybox", "sh", "-c", "exit 42").is(new Ran(42, "", ""));
  }

  @Claim(
      id = "switch-root-refuses-non-initramfs",
      section = "DESCRIPTION",
      editions = "none",
      says = "Only the initramfs is emptied; with any other old root it says so and goes on",
      catches = "a kernel whose statfs(2) takes every file system in memory for an initramfs",
      userland = true)
  @Needs(Feature.HUGETLBFS)
  void refusesNonInitramfs(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/mnt");
    // Kept in memory like an initramfs, but neither ramfs nor tmpfs.
    s.mount("hugetlbfs", "/mnt", "hugetlbfs").succeeds();
    for (String each : new String[] {"/usr", "/lib", "/lib64", "/proc", "/new"}) {
      s.mkdir("/mnt" + each);
      s.bind(each, "/mnt" + each);
    }
    s.mkdir("/mnt/kept");
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    s.chdir("/mnt");
    s.pivotRoot(".", ".").succeeds();
    s.umount(".", UmountFlag.MNT_DETACH).succeeds();
    FileId kept = s.stat("/kept").value();
    long newRoot = s.stat("/new").value().mount();
    Ran ran = s.run("switch_root", "/new", "/busybox", "echo", "here").value();
    stage.check(ran.status() == 0 && ran.output().equals("here"), () -> "it ended with " + ran);
    stage.check(
        ran.error().contains("old root filesystem is not an initramfs"), () -> "it said " + ran);
    s.stat("/kept").is(kept);
    s.mountInTreeAt("/").isMount(newRoot);
  }
}
