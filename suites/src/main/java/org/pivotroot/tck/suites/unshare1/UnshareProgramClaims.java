package org.pivotroot.tck.suites.unshare1;

import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.MountTable;

/** The program unshare of util-linux. */
@Page("unshare(1)")
class UnshareProgramClaims {

  /** Of the line of /new in mountinfo the propagation tags, without numbers of peer groups. */
  private static final String TAGS = "s|:[0-9]*||g; s|.* /new [^ ]*\\(.*\\) - .*|tags:\\1|p";

  private static String newPropagation(Task s, String... options) {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    command.addAll(List.of(options));
    command.addAll(List.of("busybox", "sed", "-n", TAGS, "/proc/self/mountinfo"));
    Ran ran = s.run(command.toArray(String[]::new)).value();
    return ran.output().startsWith("tags:") ? ran.output().substring(5).strip() : "missing";
  }

  @Claim(
      id = "unshare-makes-private-by-default",
      section = "DESCRIPTION",
      says = "Every mount of a new mount namespace is made private",
      catches = "a kernel in which the recursive change misses mounts, or reaches the originals",
      userland = true)
  void privateByDefault(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    MountTable before = s.mounts().value();
    String propagation = newPropagation(s);
    stage.check(propagation.isEmpty(), () -> "/new is " + propagation);
    s.mounts().is(before);
  }

  @Claim(
      id = "unshare-propagation-unchanged-keeps-shared",
      section = "OPTIONS",
      says = "--propagation unchanged leaves shared mounts shared; slave makes them slaves",
      catches = "a kernel that copies mounts as private",
      userland = true)
  void propagationOption(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    String unchanged = newPropagation(s, "--propagation", "unchanged");
    String slave = newPropagation(s, "--propagation", "slave");
    String shared = newPropagation(s, "--propagation", "shared");
    stage.check(unchanged.equals("shared"), () -> "unchanged gives " + unchanged);
    stage.check(slave.equals("master"), () -> "slave gives " + slave);
    stage.check(shared.equals("shared"), () -> "shared gives " + shared);
  }

  @Claim(
      id = "unshare-mount-in-new-namespace-stays-there",
      section = "DESCRIPTION",
      says = "Mounts made by the program do not reach the rest of the system",
      catches = "a kernel that leaves the program in the old namespace",
      userland = true)
  void staysThere(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.mounts().value();
    s.run("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /new/old && echo done")
        .is(new Ran(0, "done", ""));
    s.mounts().is(before);
  }

  @Claim(
      id = "unshare-rm-maps-root",
      section = "OPTIONS",
      says = "--map-root-user maps the caller to user and group 0 of a new user namespace",
      catches = "a kernel that lets nobody but root make user namespaces, or maps differently",
      userland = true)
  void mapsRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.setresuid(1000);
    p.run("id", "-u").is(new Ran(0, "1000", ""));
    Ran ran = p.run("unshare", "-rm", "sh", "-c", "id -u; id -g; cat /proc/self/uid_map").value();
    stage.check(ran.status() == 0, () -> "it ended with " + ran);
    stage.check(
        ran.output().replaceAll(" +", " ").equals("0\n0\n 0 1000 1"),
        () -> "it wrote " + ran.output());
    s.run("id", "-u").is(new Ran(0, "0", ""));
  }

  @Claim(
      id = "unshare-rm-can-mount",
      section = "OPTIONS",
      says = "In namespaces of its own an unprivileged user can mount",
      catches = "a kernel in which the new mount namespace belongs to the old user namespace",
      userland = true)
  void canMount(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.setresuid(1000);
    Ran refused = p.run("mount", "-t", "tmpfs", "none", "/new/old").value();
    stage.check(refused.status() != 0, "a user without privilege mounted something");
    p.run("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /new/old && mkdir /new/old/x")
        .is(new Ran(0, "", ""));
    s.mountAt("/new/old").isAbsent();
  }

  @Claim(
      id = "unshare-root-option",
      section = "OPTIONS",
      says = "--root runs the program with that root, --wd with that working directory",
      catches = "a kernel in which chroot(2) after unshare(2) acts on the parent",
      userland = true)
  void rootOption(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/busybox", "/new/busybox").is(new Ran(0, "", ""));
    s.run("unshare", "--mount", "--root=/new", "/busybox", "ls", "/")
        .is(new Ran(0, "busybox\nold", ""));
    s.run("unshare", "--mount", "--wd=/new/old", "pwd").is(new Ran(0, "/new/old", ""));
    s.cwd().is(s.stat("/").value());
  }

  @Claim(
      id = "unshare-persistent-mount-namespace",
      section = "OPTIONS",
      says = "--mount=file keeps the namespace by a bind mount, to be entered with nsenter(1)",
      catches = "a kernel that ends a namespace which is held by a mount only",
      userland = true)
  void persistent(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/ns");
    s.run("unshare", "--mount=/ns", "mount", "-t", "tmpfs", "kept", "/new/old")
        .is(new Ran(0, "", ""));
    s.mountAt("/ns").isThere();
    s.mountAt("/new/old").isAbsent();
    boolean bySource = stage.has(Feature.MOUNT_SOURCES);
    String column = bySource ? "SOURCE" : "FSTYPE";
    s.run("nsenter", "--mount=/ns", "findmnt", "-n", "-o", column, "/new/old")
        .is(new Ran(0, bySource ? "kept" : "tmpfs", ""));
    s.umount("/ns").succeeds();
  }
}
