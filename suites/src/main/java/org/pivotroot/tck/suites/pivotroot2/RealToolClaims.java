package org.pivotroot.tck.suites.pivotroot2;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** The distribution's own programs that rest on pivot_root(2), really run. */
@Page("pivot_root(2)")
class RealToolClaims {
  private static final String ROOTFS_WITHOUT_PARENT =
      "the program calls pivot_root in a copy of the rootfs, which has no parent before Linux 7.0,"
          + " and gives up on the EINVAL";

  /** A small root file system with a static program. */
  private static FileId rootfs(Task s) {
    s.run("mkdir", "-p", "/tmp", "/sys");
    s.mkdir("/bundle");
    s.mkdir("/bundle/rootfs");
    s.mkdir("/bundle/rootfs/proc");
    s.mkdir("/bundle/rootfs/dev");
    s.mkdir("/bundle/rootfs/sys");
    s.run("cp", "/usr/bin/busybox", "/bundle/rootfs/busybox");
    return s.stat("/bundle/rootfs").value();
  }

  /** What the C library says of errors that calls about mounts can meet. */
  private static final List<String> COMPLAINTS =
      List.of("Invalid argument", "Operation not permitted", "Device or resource busy");

  private static void ran(Stage stage, Ran ran, String output) {
    if (ran.status() != 0 && COMPLAINTS.stream().noneMatch(ran.error()::contains)) {
      // It is nothing that the kernel said that stopped it.
      throw new IllegalStateException("the program could not do its work: " + ran);
    }
    stage.check(
        ran.status() == 0 && ran.output().equals(output) && ran.error().isEmpty(),
        () -> "the program ended with " + ran + " where " + output + " is claimed");
  }

  private static void bwrap(Stage stage, String... options) {
    Task s = stage.task("S");
    rootfs(s);
    MountTable before = s.tree().value();
    List<String> command = new ArrayList<>(List.of("bwrap"));
    command.addAll(List.of(options));
    command.addAll(List.of("--bind", "/bundle/rootfs", "/", "/busybox", "sh", "-c"));
    command.add("/busybox pwd; /busybox ls /");
    Ran ran = s.run(command.toArray(String[]::new)).value();
    ran(stage, ran, "/\nbusybox\ndev\nproc\nsys");
    s.tree().is(before);
  }

  @Claim(
      id = "real-bwrap",
      section = "NOTES",
      says = "bubblewrap of the distribution runs a program in another root",
      editions = "none",
      userland = true,
      catches = "a kernel that breaks one of its two pivots")
  @Needs(Feature.OPENAT2)
  void realBwrap(Stage stage) {
    bwrap(stage);
  }

  @Claim(
      id = "real-bwrap-in-user-namespace",
      section = "NOTES",
      says = "bubblewrap of the distribution does so in a user namespace",
      editions = "none",
      userland = true,
      catches = "a kernel that refuses to pivot locked mounts")
  void realBwrapInUserNamespace(Stage stage) {
    bwrap(stage, "--unshare-user");
  }

  @Claim(
      id = "real-bwrap-on-root",
      section = "NOTES",
      says = "bubblewrap of the distribution works from the initial namespace's root mount",
      editions = "none",
      in = Placement.ROOT,
      userland = true,
      catches = "a kernel that only lets namespaces pivot which are copies of copies")
  void realBwrapOnRoot(Stage stage) {
    bwrap(stage);
  }

  @Claim(
      id = "real-bwrap-on-initramfs",
      section = "NOTES",
      says = "bubblewrap of the distribution works on a host that runs on its initramfs",
      editions = "none",
      in = Placement.INITRAMFS,
      userland = true,
      catches = "a kernel on which there is no sandbox until the initramfs has been left")
  @Contradicted(before = "7.0", because = ROOTFS_WITHOUT_PARENT)
  void realBwrapOnInitramfs(Stage stage) {
    bwrap(stage);
  }

  private static void crun(Stage stage, String... options) {
    Task s = stage.task("S");
    rootfs(s);
    s.mkdir("/bundle/state");
    // crun asks which kind of control groups there is, even where it is to use none.
    s.mount("sysfs", "/sys", "sysfs");
    s.mount("cgroup2", "/sys/fs/cgroup", "cgroup2");
    MountTable before = s.tree().value();
    s.runWithInput(
        """
        {"ociVersion":"1.0.0",
         "process":{"user":{"uid":0,"gid":0},"cwd":"/","args":["/busybox","sh","-c","/busybox pwd; /busybox ls /"],
           "env":["PATH=/"],
           "capabilities":{"bounding":[],"effective":[],"inheritable":[],"permitted":[],"ambient":[]}},
         "root":{"path":"rootfs"},
         "mounts":[{"destination":"/proc","type":"proc","source":"proc"}],
         "linux":{"namespaces":[{"type":"mount"},{"type":"pid"}]}}
        """,
        "sh",
        "-c",
        "cat >/bundle/config.json");
    List<String> command =
        new ArrayList<>(
            List.of("crun", "--cgroup-manager=disabled", "--root=/bundle/state", "run"));
    command.addAll(List.of(options));
    command.addAll(List.of("--bundle=/bundle", "box"));
    Ran ran = s.run(command.toArray(String[]::new)).value();
    ran(stage, ran, "/\nbusybox\ndev\nproc\nsys");
    s.tree().is(before);
  }

  @Claim(
      id = "real-crun",
      section = "NOTES",
      says = "crun of the distribution runs a container",
      editions = "none",
      userland = true,
      catches = "a kernel that breaks its pivot to .")
  @Needs(Feature.CGROUP2)
  void realCrun(Stage stage) {
    crun(stage);
  }

  @Claim(
      id = "real-crun-on-initramfs",
      section = "NOTES",
      says = "crun of the distribution runs a container on a host that runs on its initramfs",
      editions = "none",
      in = Placement.INITRAMFS,
      userland = true,
      catches = "a kernel on which crun needs --no-pivot there")
  @Contradicted(before = "7.0", because = ROOTFS_WITHOUT_PARENT)
  void realCrunOnInitramfs(Stage stage) {
    crun(stage);
  }

  @Claim(
      id = "real-crun-no-pivot-on-initramfs",
      section = "NOTES",
      says = "crun of the distribution runs one with --no-pivot there, whatever the kernel",
      editions = "none",
      in = Placement.INITRAMFS,
      userland = true,
      catches = "a kernel that cannot overmount the rootfs of a copied namespace")
  void realCrunNoPivotOnInitramfs(Stage stage) {
    crun(stage, "--no-pivot");
  }

  @Claim(
      id = "real-unshare-pivot-root",
      section = "NOTES",
      says = "unshare, mount, pivot_root, umount and chroot of the distribution do it in a script",
      editions = "none",
      userland = true,
      catches = "a kernel that refuses one of the steps, or lets one be seen outside")
  void realUnsharePivotRoot(Stage stage) {
    Task s = stage.task("S");
    FileId rootfs = rootfs(s);
    s.mkdir("/bundle/rootfs/old");
    s.mkdir("/bundle/rootfs/usr");
    for (String link : new String[] {"bin", "sbin", "lib", "lib64"}) {
      s.symlink("usr/" + link, "/bundle/rootfs/" + link);
    }
    MountTable before = s.tree().value();
    Ran ran =
        s.run(
                "unshare",
                "--mount",
                "bash",
                "-ec",
                """
                mount --bind /bundle/rootfs /bundle/rootfs
                cd /bundle/rootfs
                mount --bind /usr usr
                mount --rbind /proc proc
                pivot_root . old
                exec chroot . bash -ec 'ls /old/bundle; umount -l /old; ls /old; pwd; ls -id /'
                """)
            .value();
    ran(stage, ran, "rootfs\n/\n" + rootfs.inode() + " /");
    s.tree().is(before);
  }
}
