package org.pivotroot.tck.suites.namespaces7;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.Errno.ENOSPC;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** How many mount namespaces there may be, and that a call that is refused one changes nothing. */
@Page("namespaces(7)")
class NamespaceLimitClaims {
  private static final String SECTION = "The /proc/sys/user directory";
  private static final int PLENTY = 1000;

  private static void allow(Task s, int namespaces) {
    Descriptor limit = s.open("/proc/sys/user/max_mnt_namespaces", OpenFlag.O_WRONLY).value();
    s.write(limit, String.valueOf(namespaces)).succeeds();
    s.close(limit);
  }

  @Claim(
      id = "mount-namespace-limit",
      section = SECTION,
      says = "Beyond the limit unshare(2), clone(2) and clone3(2) refuse a namespace: ENOSPC",
      catches = "a kernel that has no limit in one of the calls, or leaves the caller half moved",
      in = Placement.ROOT)
  void limit(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task p = stage.task("P");
    p.chroot("/new");
    p.chdir("/old");
    allow(s, 0);
    View before = p.view().value();
    p.unshare(CLONE_NEWNS).fails(ENOSPC);
    p.clone(CLONE_NEWNS).fails(ENOSPC);
    p.clone3(CLONE_NEWNS).fails(ENOSPC);
    p.view().is(before);
    allow(s, PLENTY);
    p.clone(CLONE_NEWNS).succeeds();
    p.clone3(CLONE_NEWNS).succeeds();
    p.unshare(CLONE_NEWNS).succeeds();
  }

  @Claim(
      id = "mount-namespace-limit-leaves-fs-shared",
      section = SECTION,
      editions = "none",
      says = "A task that is refused a namespace still shares root and working directory",
      catches = "a kernel that ends the sharing before it knows whether there will be a namespace",
      in = Placement.ROOT)
  void leavesFsShared(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task p = stage.task("P");
    Task q = p.forkSharingFs("Q");
    FileId place = s.stat("/new/old").value();
    allow(s, 0);
    q.unshare(CLONE_NEWNS).fails(ENOSPC);
    q.chdir("/new/old");
    p.cwd().is(place);
    allow(s, PLENTY);
    q.unshare(CLONE_NEWNS).succeeds();
    q.chdir("/");
    p.cwd().is(place);
  }

  @Claim(
      id = "mount-namespace-limit-lets-others-join",
      section = SECTION,
      editions = "none",
      says = "At the limit one still joins a namespace that is there, mounts, and pivots",
      catches = "a kernel that counts whoever is in a namespace",
      in = Placement.ROOT)
  void letsOthersJoin(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor namespace = q.mountNamespace().value();
    allow(s, 0);
    Task p = stage.task("P");
    p.setnsMount(namespace).succeeds();
    p.pivotRoot("/new", "/new/old").succeeds();
    p.mountTmpfs("/old").succeeds();
  }

  @Claim(
      id = "mount-namespace-limit-of-detached-trees",
      section = SECTION,
      editions = "none",
      says = "Detached mounts count too: at the limit open_tree(2) and fsmount(2) are ENOSPC",
      catches = "a kernel in which detached trees without number take all memory",
      in = Placement.ROOT)
  void detachedTrees(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Descriptor context = s.fsopen("tmpfs").value();
    s.fsconfigCreate(context);
    Descriptor other = s.fsopen("tmpfs").value();
    s.fsconfigCreate(other);
    allow(s, 0);
    s.openTree("/new", OPEN_TREE_CLONE).fails(ENOSPC);
    s.fsmount(context).fails(ENOSPC);
    s.openTree("/new").succeeds();
    allow(s, PLENTY);
    s.openTree("/new", OPEN_TREE_CLONE).succeeds();
    s.fsmount(other).succeeds();
  }

  private static Ran unshareTwice(Task s, int limit) {
    return s.run(
            "unshare",
            "--user",
            "--map-root-user",
            "sh",
            "-c",
            "echo "
                + limit
                + " > /proc/sys/user/max_mnt_namespaces && unshare --mount unshare --mount echo in")
        .value();
  }

  @Claim(
      id = "mount-namespace-limit-of-a-user-namespace",
      section = SECTION,
      says = "Each user namespace has a limit of its own, which its administrator may lower",
      catches = "a kernel whose limit is one too high or low, or is that of all",
      userland = true)
  void ofUserNamespace(Stage stage) {
    Task s = stage.task("S");
    Ran refused = unshareTwice(s, 1);
    stage.given(
        !refused.error().contains("cannot create"), "/proc/sys/user that can be written to");
    Ran done = unshareTwice(s, 2);
    stage.check(
        refused.equals(new Ran(1, "", "unshare: unshare failed: No space left on device")),
        () -> "with room for one namespace: " + refused);
    stage.check(done.equals(new Ran(0, "in", "")), () -> "with room for two: " + done);
    s.unshare(CLONE_NEWNS).succeeds();
  }
}
