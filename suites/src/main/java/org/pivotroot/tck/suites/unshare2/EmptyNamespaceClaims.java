package org.pivotroot.tck.suites.unshare2;

import static org.pivotroot.tck.model.call.Capability.CAP_SYS_ADMIN;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_EMPTY_MNTNS;
import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWUSER;
import static org.pivotroot.tck.model.call.CloneFlag.UNSHARE_EMPTY_MNTNS;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOSUID;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.View;

/** Mount namespaces that begin with a root mount and nothing else. */
@Page("unshare(2)")
class EmptyNamespaceClaims {
  private static final String LACKING =
      "UNSHARE_EMPTY_MNTNS and CLONE_EMPTY_MNTNS came with Linux 7.1 (commit 9d4e752a24f7)";

  @Claim(
      id = "empty-mount-namespace-flag-is-invalid",
      section = "ERRORS",
      says = "0x100000 is none of the flags that the page lists, and so EINVAL",
      catches = "a kernel that ignores the bit")
  @Contradicted(
      from = "7.1",
      because =
          "The bit is UNSHARE_EMPTY_MNTNS since Linux 7.1 (commit 9d4e752a24f7): the number of"
              + " CLONE_PARENT_SETTID, which means nothing to unshare(2)")
  void flagIsInvalid(Stage stage) {
    Task s = stage.task("S");
    View before = s.view().value();
    s.unshare(UNSHARE_EMPTY_MNTNS).fails(EINVAL);
    s.view().is(before);
  }

  @Claim(
      id = "empty-mount-namespace-has-one-mount",
      section = "DESCRIPTION",
      says = "UNSHARE_EMPTY_MNTNS puts the caller into a new namespace with only a root mount",
      catches = "a kernel that copies mounts, or needs CLONE_NEWNS beside it",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void oneMount(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    View before = s.view().value();
    p.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
    View after = p.view().value();
    stage.check(after.namespace() != before.namespace(), "P is still in S's namespace");
    stage.check(after.tree().mounts().size() == 1, "there is not one mount");
    Mount root = after.tree().mounts().get(0);
    stage.check(root.point().equals("/"), "it is not on /");
    stage.check(before.tree().withId(root.id()).isEmpty(), "the mount is one of the old namespace");
    stage.check(root.propagation().type().equals("private"), "the root mount is not private");
    stage.check(after.root().mount() == root.id(), "P's root is not in it");
    stage.check(after.cwd().equals(after.root()), "P's working directory is not its root");
    p.getcwd().is("/");
    p.stat("/..").is(after.root());
    stage.fact("file-system-of-the-root", root.type());
    s.view().is(before);
  }

  @Claim(
      id = "empty-mount-namespace-resets-root-and-cwd",
      section = "DESCRIPTION",
      says = "Root and working directory of the caller are set to the one mount, from anywhere",
      catches = "a kernel that leaves the caller a way back into the mounts it gave up",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void resets(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.chroot("/new");
    p.chdir("/old");
    FileId old = s.stat("/").value();
    p.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
    FileId root = p.root().value();
    p.mountInTreeAt("/").isMount(root.mount());
    p.cwd().is(root);
    p.stat("/").is(root);
    p.getcwd().is("/");
    s.stat("/").is(old);
  }

  @Claim(
      id = "empty-mount-namespace-implies-own-fs-state",
      section = "DESCRIPTION",
      says = "The flag implies CLONE_FS: a task that shared root and working directory stays",
      catches = "a kernel that pulls the other task along",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void ownFsState(Stage stage) {
    Task s = stage.task("S");
    Task a = stage.task("A");
    Task b = a.forkSharingFs("B");
    View before = a.view().value();
    b.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
    a.view().is(before);
    s.view().is(before);
    b.root().isNot(before.root());
  }

  @Claim(
      id = "empty-mount-namespace-eperm",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN the flag is EPERM, as CLONE_NEWNS is",
      catches = "a kernel that makes such namespaces for anybody",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void eperm(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.drop(CAP_SYS_ADMIN);
    View before = p.view().value();
    p.unshare(UNSHARE_EMPTY_MNTNS).fails(EPERM);
    p.view().is(before);
    s.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
  }

  @Claim(
      id = "empty-mount-namespace-with-newuser",
      section = "DESCRIPTION",
      says = "clone3(2) with CLONE_EMPTY_MNTNS needs privilege, but none beside CLONE_NEWUSER",
      catches = "a kernel that asks for privilege in the old user namespace",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  void withNewuser(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    var first = s.clone3(CLONE_EMPTY_MNTNS);
    if (first.failedWith(EINVAL)) {
      throw stage.notApplicable("CLONE_EMPTY_MNTNS");
    }
    first.succeeds();
    p.drop(CAP_SYS_ADMIN);
    p.clone3(CLONE_EMPTY_MNTNS).fails(EPERM);
    p.clone3(CLONE_EMPTY_MNTNS, CLONE_NEWUSER).succeeds();
  }

  @Claim(
      id = "empty-mount-namespace-then-pivot-root",
      section = "DESCRIPTION",
      says = "From the empty namespace a tree can be built up, and pivot_root(2) works in it",
      catches = "a kernel in which the one mount can carry nothing",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void thenPivotRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    p.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
    FileId bottom = p.root().value();
    p.mountTmpfs("/").succeeds();
    p.stat("/").is(bottom); // a root stays where it is when something is mounted on it
    p.chdir("/..").succeeds(); // ".." of the root goes on to what is mounted there
    p.chroot(".").succeeds();
    FileId root = p.stat("/").value();
    stage.check(!stage.areInOneMount(root, bottom), "/.. did not lead onto the tmpfs");
    p.mkdir("/new").succeeds();
    p.mountTmpfs("/new").succeeds();
    p.mkdir("/new/old").succeeds();
    FileId newRoot = p.stat("/new").value();
    p.pivotRoot("/new", "/new/old").succeeds();
    p.stat("/").is(newRoot);
    p.stat("/old").is(root);
    p.umount("/old").succeeds();
    s.mkdir("/still-there").succeeds();
  }

  /** Without MS_RDONLY, as what is done to the one nullfs is done to that of everybody. */
  @Claim(
      id = "empty-mount-namespace-root-cannot-be-remounted",
      section = "mount(2)",
      says =
          "The file system at the root of an empty namespace, which all namespaces share, cannot"
              + " be remounted: EINVAL; the mount of it can",
      catches = "a kernel in which one namespace makes that file system read-only for all",
      editions = "none")
  @NotApplicable(before = "7.1", because = LACKING)
  @Contradicted(
      from = "7.1",
      before = "7.2.11",
      because =
          "a remount reached the nullfs of the whole system; fs_context_for_reconfigure() of 7.2.11"
              + " refuses file systems of the kernel's own (SB_NOUSER), that of 7.2.9 does not")
  @Needs(Feature.EMPTY_MOUNT_NAMESPACES)
  void cannotBeRemounted(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.mount("none", "/new", "", MS_REMOUNT, MS_NOSUID).succeeds();
    p.unshare(UNSHARE_EMPTY_MNTNS).succeeds();
    View before = p.view().value();
    p.mount("none", "/", "", MS_REMOUNT, MS_NOSUID).fails(EINVAL);
    p.view().is(before);
    p.mount("none", "/", "", MS_REMOUNT, MS_BIND, MS_NOSUID).succeeds();
    stage.check(
        p.view().value().tree().mounts().get(0).options().contains("nosuid"),
        "the mount is not nosuid");
  }
}
