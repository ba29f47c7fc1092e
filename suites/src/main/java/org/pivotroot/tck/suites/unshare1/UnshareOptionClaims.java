package org.pivotroot.tck.suites.unshare1;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.MountTable;

/** Options of the program unshare, each against the case without it. */
@Page("unshare(1)")
class UnshareOptionClaims {
  private static final Ran SILENT = new Ran(0, "", "");

  /** Says whether the shell is in the mount namespace that its first argument names. */
  private static final String SAME =
      "if test \"$(readlink /proc/self/ns/mnt)\" = \"$0\"; then echo same; else echo other; fi";

  @Claim(
      id = "unshare-m-makes-mount-namespace",
      section = "OPTIONS",
      says = "-m runs the program in a new mount namespace",
      catches = "a kernel that keeps the program in the old one, or moves the caller as well",
      userland = true)
  void makesNamespace(Stage stage) {
    Task s = stage.task("S");
    String name = s.readlink("/proc/self/ns/mnt").value();
    String script = "ns=$(readlink /proc/self/ns/mnt); unshare $0 sh -c '" + SAME + "' $ns";
    s.run("sh", "-c", script, "--").is(new Ran(0, "same", ""));
    s.run("sh", "-c", script, "-m").is(new Ran(0, "other", ""));
    s.readlink("/proc/self/ns/mnt").is(name);
  }

  @Claim(
      id = "unshare-m-file-on-shared-mount-fails",
      section = "OPTIONS",
      says = "--mount=FILE fails for a file on a shared mount and works for one on a private mount",
      catches = "a kernel that propagates the mount of a namespace into that namespace",
      userland = true)
  void fileOnSharedMount(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/ns");
    s.propagation("/new", MS_SHARED);
    MountTable before = s.mounts().value();
    // The message names a process, so it is not recorded
    Ran ran = s.run("sh", "-c", "unshare --mount=/new/ns true 2>/dev/null").value();
    stage.check(ran.status() != 0, "it worked");
    s.mounts().is(before);
    s.propagation("/new", MS_PRIVATE);
    s.run("unshare", "--mount=/new/ns", "true").is(SILENT);
    s.mountAt("/new/ns").isThere();
    s.umount("/new/ns").succeeds();
  }

  @Claim(
      id = "unshare-m-file-unpersisted-by-umount",
      section = "DESCRIPTION",
      says = "Unmounting FILE lets a namespace go that was kept by it only",
      catches = "a kernel in which a namespace without members ends early, or never",
      userland = true)
  void unpersisted(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/ns");
    s.mountTmpfs("/new/old");
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old");
    s.run("unshare", "--mount=/ns", "true").is(SILENT);
    // The copy in the new namespace alone keeps the file system now
    s.run("umount", "/new/old").is(SILENT);
    s.inotifyEvents(inotify).fails(EAGAIN);
    s.run("umount", "/ns").is(SILENT);
    s.seesEndOfFileSystem(inotify);
  }

  @Claim(
      id = "unshare-mount-proc",
      section = "OPTIONS",
      says = "--mount-proc mounts a new proc for the program, in a new mount namespace without -m",
      catches = "a kernel in which the new proc shows the processes of the old PID namespace",
      userland = true)
  void mountProc(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.mounts().value();
    s.run("unshare", "--pid", "--fork", "--mount-proc", "readlink", "/proc/self")
        .is(new Ran(0, "1", ""));
    s.run("unshare", "--pid", "--fork", "sh", "-c", "test $(readlink /proc/self) -gt 9 && echo old")
        .is(new Ran(0, "old", ""));
    s.run(
            "sh",
            "-c",
            "ns=$(readlink /proc/self/ns/mnt); unshare --pid --fork --mount-proc sh -c '"
                + SAME
                + "' $ns")
        .is(new Ran(0, "other", ""));
    s.mounts().is(before);
  }

  @Claim(
      id = "unshare-mount-proc-is-private",
      section = "OPTIONS",
      says = "The new proc does not propagate, even where --propagation leaves mounts shared",
      catches = "a kernel in which a mount on one made private still reaches its former peers",
      userland = true)
  void mountProcPrivate(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/proc", MS_SHARED);
    MountTable before = s.mounts().value();
    String mountTmpfs = "mount -t tmpfs none /proc";
    s.run("unshare", "-m", "--propagation", "unchanged", "sh", "-c", mountTmpfs).is(SILENT);
    s.mounts().isNot(before);
    s.run("umount", "/proc").is(SILENT);
    s.mounts().is(before);
    s.run(
            "unshare",
            "--propagation",
            "unchanged",
            "--pid",
            "--fork",
            "--mount-proc",
            "readlink",
            "/proc/self")
        .is(new Ran(0, "1", ""));
    s.mounts().is(before);
  }

  @Claim(
      id = "unshare-propagation-ignored-without-mount",
      section = "OPTIONS",
      says = "--propagation has no effect, and is no error, without a new mount namespace",
      catches = "a kernel in which unshare(2) without CLONE_NEWNS makes a mount namespace",
      userland = true)
  void propagationIgnored(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    MountTable before = s.mounts().value();
    for (String each : new String[] {"private", "slave", "shared"}) {
      s.run(
              "unshare",
              "--propagation",
              each,
              "busybox",
              "grep",
              "-c",
              " /new .* shared:",
              "/proc/self/mountinfo")
          .is(new Ran(0, "1", ""));
    }
    s.mounts().is(before);
  }

  @Claim(
      id = "unshare-propagation-sets-type",
      section = "OPTIONS",
      says = "--propagation sets the type of every mount of the new namespace",
      catches = "a kernel in which the recursive change misses a mount, or reaches the originals",
      userland = true)
  void propagationSetsType(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/new", MS_SHARED);
    s.propagation("/new/old", MS_SHARED);
    MountTable before = s.mounts().value();
    for (String[] each :
        new String[][] {{"private", "0", "0"}, {"shared", "2", "0"}, {"slave", "0", "2"}}) {
      Ran ran =
          s.run(
                  "unshare",
                  "--mount",
                  "--propagation",
                  each[0],
                  "sh",
                  "-c",
                  "busybox grep -c ' /new.* shared:' /proc/self/mountinfo;"
                      + " busybox grep -c ' /new.* master:' /proc/self/mountinfo; true")
              .value();
      stage.check(
          ran.equals(new Ran(0, each[1] + "\n" + each[2], "")), () -> each[0] + " gives " + ran);
    }
    // All, not just those that had a type before
    s.run(
            "unshare",
            "--mount",
            "--propagation",
            "shared",
            "busybox",
            "grep",
            "-c",
            "-v",
            " shared:",
            "/proc/self/mountinfo")
        .is(new Ran(1, "0", ""));
    s.mounts().is(before);
  }
}
