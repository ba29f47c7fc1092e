package org.pivotroot.tck.suites.pivotroot8;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** The program pivot_root of util-linux. */
@Page("pivot_root(8)")
class PivotRootProgramClaims {

  /** The programs on /new as well, and a place for /proc. */
  private static void addPrograms(Task s) {
    s.mkdir("/new/usr");
    s.bind("/usr", "/new/usr");
    s.mkdir("/new/proc");
    s.bind("/proc", "/new/proc");
    for (String each : new String[] {"bin", "sbin", "lib", "lib64"}) {
      s.symlink("usr/" + each, "/new/" + each);
    }
  }

  @Claim(
      id = "pivot-root-8-calls-pivot-root-2",
      section = "DESCRIPTION",
      says = "The program does what pivot_root(2) does, for the whole mount namespace",
      catches = "a kernel that changes the root of the calling process only",
      userland = true)
  void calls(Stage stage) {
    Task s = stage.task("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.run("pivot_root", "/new", "/new/old").is(new Ran(0, "", ""));
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    s.stat("/old").is(oldRoot);
  }

  @Claim(
      id = "pivot-root-8-failures",
      section = "DESCRIPTION",
      says = "The errors of pivot_root(2) are reported in words, with a status that is not zero",
      catches = "a kernel with other errors, or one that fails having changed something",
      userland = true)
  void failures(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/dir");
    s.createFile("/new/file");
    View before = s.view().value();
    fails(stage, s, "/new/dir", "/new/dir", "Invalid argument");
    fails(stage, s, "/", "/", "Device or resource busy");
    fails(stage, s, "/missing", "/new/old", "No such file or directory");
    fails(stage, s, "/new", "/new/file", "Not a directory");
    s.view().is(before);
    s.run("pivot_root", "/new", "/new/old").is(new Ran(0, "", ""));
  }

  private static void fails(Stage stage, Task s, String newRoot, String putOld, String error) {
    Ran ran = s.run("pivot_root", newRoot, putOld).value();
    stage.check(ran.status() == 1, () -> "the status is " + ran.status());
    stage.check(ran.output().isEmpty(), () -> "it wrote " + ran.output());
    stage.check(ran.error().endsWith(": " + error), () -> "it said " + ran.error());
  }

  @Claim(
      id = "recommended-exec-chroot-sequence",
      section = "DESCRIPTION",
      says = "cd, pivot_root, exec chroot brings a program onto the new root, whatever is moved",
      catches = "a kernel in which the advised sequence leads elsewhere",
      userland = true)
  void sequence(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.run(
            "sh",
            "-c",
            "cd /new && pivot_root . old && exec chroot . sh -c 'pwd; ls -d /old/new /usr/bin'")
        .is(new Ran(0, "/\n/old/new\n/usr/bin", ""));
  }

  @Claim(
      id = "old-root-can-be-unmounted-after-exec-chroot",
      section = "EXAMPLES",
      says = "After the sequence nothing of the shell keeps the old root busy",
      catches = "a kernel in which root or working directory of the shell stays behind",
      userland = true)
  void unmountAfterwards(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.run(
            "sh",
            "-c",
            "cd /new && pivot_root . old && exec chroot . sh -c '"
                + "umount /old/usr /old/opt /old/etc && umount -l /old/proc /old/dev"
                + " && umount /old'")
        .is(new Ran(0, "", ""));
    s.mountAt("/old").isAbsent();
  }

  @Claim(
      id = "caller-shell-at-old-root-follows",
      section = "DESCRIPTION",
      says = "Root and working directory of the calling shell, if at the old root, change together",
      catches = "a kernel that moves one and not the other",
      userland = true)
  void shellFollows(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.run("sh", "-c", "cd /; pivot_root /new /new/old; test / -ef . && test -d /old/new && echo ok")
        .is(new Ran(0, "ok", ""));
  }

  @Claim(
      id = "pivot-root-8-version",
      section = "OPTIONS",
      says = "-V shows the version and changes nothing",
      catches = "nothing of the kernel's: the program that the other claims run is util-linux's",
      userland = true)
  void version(Stage stage) {
    Task s = stage.task("S");
    Ran ran = s.run("pivot_root", "-V").value();
    stage.check(ran.status() == 0, () -> "the status is " + ran.status());
    stage.check(ran.output().startsWith("pivot_root from util-linux"), () -> ran.output());
  }

  /** Unmounts all that is mounted on the old root, so that only users of its own keep it busy. */
  private static final String CLEAR =
      "umount /old/usr /old/opt /old/etc && umount -l /old/proc /old/dev";

  @Claim(
      id = "exec-chroot-frees-old-root",
      section = "DESCRIPTION",
      says = "The executable of the shell keeps the old root busy until the shell execs chroot",
      catches = "a kernel that does not count a running executable, or goes on counting it",
      userland = true)
  void execFrees(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.run("cp", "/usr/bin/busybox", "/busybox").is(new Ran(0, "", ""));
    s.run(
            "/busybox",
            "sh",
            "-c",
            "cd /new && pivot_root . old && "
                + CLEAR
                + " && /usr/bin/umount /old; echo $?; exec /usr/sbin/chroot . /usr/bin/umount /old")
        .is(new Ran(0, "32", "umount: /old: target is busy."));
    s.mountAt("/old").isAbsent();
  }

  @Claim(
      id = "standard-streams-keep-old-root-busy",
      section = "DESCRIPTION",
      says = "Standard streams that were opened on the old root keep it busy after the sequence",
      catches = "a kernel that does not count open files, or moves them to the new root",
      userland = true)
  void streamsKeepBusy(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.createFile("/console");
    s.run(
            "sh",
            "-c",
            "exec </console >/console 2>&1; cd /new && pivot_root . old && exec chroot . sh -c '"
                + CLEAR
                + "; umount /old; echo $? >/result'")
        .is(new Ran(0, "", ""));
    s.run("cat", "/result", "/old/console").is(new Ran(0, "32\numount: /old: target is busy.", ""));
  }

  @Claim(
      id = "standard-streams-changed-when-invoking-chroot",
      section = "DESCRIPTION",
      says = "Redirecting them at exec chroot, with paths from the new root, lets the old root go",
      catches = "a kernel in which a file that is closed still keeps its file system busy",
      userland = true)
  void streamsChanged(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    s.createFile("/console");
    s.createFile("/new/console");
    s.run(
            "sh",
            "-c",
            "exec </console >/console 2>&1; cd /new && pivot_root . old && exec chroot . sh -c '"
                + CLEAR
                + "; umount /old; echo $?' <console >console 2>&1")
        .is(new Ran(0, "", ""));
    s.run("cat", "/console").is(new Ran(0, "0", ""));
    s.mountAt("/old").isAbsent();
  }

  @Claim(
      id = "pivot-root-8-interactive-example",
      section = "EXAMPLES",
      says =
          "The example for a shell: mount, go there, pivot, exec chroot with new streams, unmount",
      catches = "a kernel in which one step of the example fails",
      userland = true)
  @Needs(Feature.MOVING)
  void example(Stage stage) {
    Task s = stage.task("S");
    addPrograms(s);
    // Regular files stand for the console, which not every place has
    s.createFile("/console");
    s.createFile("/new/console");
    s.mkdir("/new-root");
    s.mkdir("/new/old-root");
    long newRoot = s.stat("/new").value().mount();
    s.run(
            "sh",
            "-c",
            "exec </console >/console 2>&1; mount --move /new /new-root && cd /new-root"
                + " && pivot_root . old-root && exec chroot . sh -c '"
                + CLEAR.replace("/old", "/old-root")
                + "; umount /old-root; echo $?' <console >console 2>&1")
        .is(new Ran(0, "", ""));
    s.run("cat", "/console").is(new Ran(0, "0", ""));
    stage.check(stage.mountOf(s.stat("/").value()) == newRoot, "the root is another");
    s.mountAt("/old-root").isAbsent();
  }
}
