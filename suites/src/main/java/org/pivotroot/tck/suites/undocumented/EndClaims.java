package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWTIME;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUTS;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.OpenFlag.O_DIRECTORY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** What is left when a namespace ends, or when one was to begin and does not. */
@Page("undocumented")
class EndClaims {

  @Claim(
      id = "failed-unshare-leaves-fs-shared",
      section = "unshare(2)",
      editions = "none",
      says = "A task whose unshare(2) fails still shares root and working directory as before",
      catches = "a kernel that ends the sharing before it checks the privilege")
  void failedUnshare(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = p.forkSharingFs("Q");
    FileId place = s.stat("/new/old").value();
    q.drop(Capability.CAP_SYS_ADMIN);
    q.unshare(CLONE_NEWNS).fails(EPERM);
    q.chdir("/new/old");
    p.cwd().is(place);
    p.chroot("/new");
    q.root().is(s.stat("/new").value());
    p.unshare(CLONE_NEWNS).succeeds();
    q.chdir("/");
    p.cwd().is(p.stat("/old").value());
  }

  @Claim(
      id = "failed-clone-changes-nothing",
      section = "clone(2)",
      editions = "none",
      says = "A child that cannot begin leaves its parent where it is, and no namespace behind",
      catches = "a kernel that moves the parent to the mounts that were meant for the child")
  void failedClone(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    p.chdir("/old");
    p.drop(Capability.CAP_SYS_ADMIN);
    View before = p.view().value();
    p.clone(CLONE_NEWNS).fails(EPERM);
    p.clone3(CLONE_NEWNS).fails(EPERM);
    p.view().is(before);
    s.umount("/new").fails(Errno.EBUSY);
    p.exit();
    s.umount("/new").succeeds();
  }

  @Claim(
      id = "failed-setns-leaves-everything",
      section = "setns(2)",
      editions = "none",
      says = "A task whose setns(2) fails is where it was, in its own namespace",
      catches = "a kernel that takes the directory of a descriptor for a place to go to")
  void failedSetns(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    p.chdir("/old");
    Descriptor directory = s.open("/new", O_DIRECTORY).value();
    View before = p.view().value();
    p.setnsMount(directory).fails(Errno.EINVAL);
    p.view().is(before);
    p.getcwd().is("/old");
  }

  /**
   * The mount namespace is installed first; that time namespaces are for processes of one thread
   * alone, which no task here is, comes out after it.
   */
  @Claim(
      id = "setns-into-two-is-all-or-nothing",
      section = "setns(2)",
      editions = "none",
      says = "Who is refused the second of two namespaces of a process stays in those it has",
      catches = "a kernel that has set the root already when it finds a reason to refuse",
      userland = true)
  void allOrNothing(Stage stage) {
    Task s = stage.task("S");
    stage.given(s.stat("/proc/thread-self/ns/time").verdict().equals("success"), "time namespaces");
    Task q = s.process("Q", "unshare", "--mount");
    Task p = stage.task("P");
    p.chroot("/new");
    p.chdir("/old");
    Descriptor process = s.pidfdOpen(q).value();
    View before = p.view().value();
    p.setns(process, CLONE_NEWNS, CLONE_NEWTIME).fails(Errno.EUSERS);
    p.view().is(before);
    p.getcwd().is("/old");
    p.setns(process, CLONE_NEWNS, CLONE_NEWUTS).succeeds();
    p.root().is(q.root().value());
  }

  @Claim(
      id = "end-of-namespace-uncovers",
      section = "mount namespaces",
      editions = "none",
      says = "What its mounts covered is in sight again for who is still in an ended namespace",
      catches = "a kernel that keeps the mounts of a dead namespace on each other")
  void uncovers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/lower");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new/old");
    q.mkdir("/new/old/upper");
    Descriptor directory = q.open("/new", O_DIRECTORY).value();
    s.openat(directory, "old/upper", O_DIRECTORY).succeeds();
    s.openat(directory, "old/lower", O_DIRECTORY).fails(Errno.ENOENT);
    q.exit();
    s.openat(directory, "old/lower", O_DIRECTORY).succeeds();
    s.openat(directory, "old/upper", O_DIRECTORY).fails(Errno.ENOENT);
  }

  @Claim(
      id = "end-of-less-privileged-namespace-reveals-nothing",
      section = "mount namespaces",
      editions = "none",
      says = "What a locked mount of a less privileged namespace hides stays hidden when it ends",
      catches = "a kernel that shows what a locked mount hid when the last task is gone",
      userland = true)
  @Needs(Feature.PLACES_OF_OTHERS)
  void revealsNothing(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/lower");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/upper");
    Task u = s.lessPrivileged("U");
    Descriptor directory = s.openOf(u, "root/new", O_DIRECTORY).value();
    s.openat(directory, "old/upper", O_DIRECTORY).succeeds();
    s.openat(directory, "old/lower", O_DIRECTORY).fails(Errno.ENOENT);
    u.exit();
    s.openat(directory, "old/lower", O_DIRECTORY).fails(Errno.ENOENT);
    s.umount("/new/old").succeeds();
    s.openat(directory, "old/lower", O_DIRECTORY).fails(Errno.ENOENT);
    s.stat("/new/old/lower").succeeds();
  }

  @Claim(
      id = "end-of-less-privileged-namespace-keeps-locked-mounts-in-sight",
      section = "mount namespaces",
      editions = "none",
      says =
          "When a less privileged namespace ends, who has a descriptor of it still finds the mounts"
              + " that it had as one unit",
      catches = "a kernel that takes locked mounts apart when the last task is gone",
      userland = true)
  @Needs(Feature.PLACES_OF_OTHERS)
  @Contradicted(
      from = "7.3",
      because =
          "umount_tree() detaches locked mounts too and leaves a cover (struct mnt_cover) in their"
              + " place: they are out of sight, and what they hid stays hidden")
  void keepsInSight(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/upper");
    Task u = s.lessPrivileged("U");
    Descriptor directory = s.openOf(u, "root/new", O_DIRECTORY).value();
    s.openat(directory, "old/upper", O_DIRECTORY).succeeds();
    u.exit();
    s.openat(directory, "old/upper", O_DIRECTORY).succeeds();
  }
}
