package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Mounts that a task can name though they are not in its mount namespace or below its root. */
@Page("undocumented")
class ForeignMountClaims {

  @Claim(
      id = "names-through-descriptors",
      section = "pivot_root(2)",
      editions = "none",
      says = "Both names may lead through descriptors in /proc/thread-self/fd",
      catches = "a kernel that refuses the magic links of /proc, or takes them for their text",
      userland = true)
  void namesThroughDescriptors(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    Descriptor newRoot = s.open("/new", OpenFlag.O_PATH).value();
    Descriptor putOld = s.open("/new/old", OpenFlag.O_PATH).value();
    s.pivotRoot(newRoot.path(), putOld.path()).succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "new-root-of-other-namespace",
      section = "pivot_root(2)",
      editions = "none",
      says = "A mount of another mount namespace, by way of a descriptor, is no new_root: EINVAL",
      catches = "a kernel that moves a mount from one namespace to another",
      userland = true)
  void newRootOfOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    s.pivotRoot(foreign.path(), foreign.path("/old")).fails(Errno.EINVAL);
    s.pivotRoot(own.path(), own.path("/old")).succeeds();
  }

  @Claim(
      id = "new-root-of-other-namespace-by-cwd",
      section = "pivot_root(2)",
      editions = "none",
      says = "The same with the working directory in the other namespace: EINVAL",
      catches = "a kernel that checks magic links but not where a relative name starts")
  void newRootOfOtherNamespaceByCwd(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    s.fchdir(foreign);
    s.pivotRoot(".", "old").fails(Errno.EINVAL);
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
  }

  @Claim(
      id = "put-old-of-other-namespace",
      section = "pivot_root(2)",
      editions = "none",
      says = "A directory of another mount namespace's new_root is no put_old: EINVAL",
      catches = "a kernel that hangs the old root into another namespace",
      userland = true)
  void putOldOfOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new/old", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/new/old", OpenFlag.O_PATH).value();
    s.pivotRoot(Value.text("/new"), foreign.path()).fails(Errno.EINVAL);
    s.pivotRoot(Value.text("/new"), own.path()).succeeds();
  }

  @Claim(
      id = "root-of-other-namespace",
      section = "pivot_root(2)",
      editions = "none",
      says = "A caller whose root is in another mount namespace is refused with EINVAL",
      catches = "a kernel that moves the root mount of a namespace that the caller is not in")
  void rootOfOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/", OpenFlag.O_PATH).value();
    s.fchdir(foreign);
    s.chroot(".");
    s.fchdir(own);
    s.pivotRoot("new", "new/old").fails(Errno.EINVAL);
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.chroot(".");
    s.pivotRoot("new", "new/old").succeeds();
  }

  @Claim(
      id = "new-root-detached-tree",
      section = "pivot_root(2)",
      editions = "none",
      says = "A tree cloned by open_tree(2) and not attached is no new_root: EINVAL",
      catches = "a kernel that takes a mount without a namespace for one of the caller's")
  void newRootDetachedTree(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor tree = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE).value();
    s.fchdir(tree);
    s.pivotRoot(".", "old").fails(Errno.EINVAL);
    s.moveMount(tree, "/place");
    s.pivotRoot(".", "old").succeeds();
  }

  @Claim(
      id = "new-root-detached-tree-by-descriptor",
      section = "pivot_root(2)",
      editions = "none",
      says = "The same by way of the descriptor's magic link: EINVAL",
      catches = "a kernel that checks where a relative name starts but not magic links",
      userland = true)
  void newRootDetachedTreeByDescriptor(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Descriptor tree = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE).value();
    s.pivotRoot(tree.path(), tree.path("/old")).fails(Errno.EINVAL);
    s.moveMount(tree, "/place");
    s.pivotRoot(tree.path(), tree.path("/old")).succeeds();
  }

  @Claim(
      id = "put-old-detached-tree",
      section = "pivot_root(2)",
      editions = "none",
      says = "A directory of a detached clone of new_root is no put_old: EINVAL",
      catches = "a kernel that mounts the old root where no namespace shows it")
  void putOldDetachedTree(Stage stage) {
    Task s = stage.task("S");
    Descriptor tree = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE).value();
    s.fchdir(tree);
    s.pivotRoot("/new", "old").fails(Errno.EINVAL);
    s.chdir("/new");
    s.pivotRoot("/new", "old").succeeds();
  }

  @Claim(
      id = "root-detached-tree",
      section = "pivot_root(2)",
      editions = "none",
      says = "A caller whose root is a detached tree is refused with EINVAL",
      catches = "a kernel that crashes where a root mount has no parent")
  void rootDetachedTree(Stage stage) {
    Task s = stage.task("S");
    Descriptor own = s.open("/", OpenFlag.O_PATH).value();
    Descriptor tree = s.openTree("/", OpenTreeFlag.OPEN_TREE_CLONE, AtFlag.AT_RECURSIVE).value();
    s.fchdir(tree);
    s.chroot(".");
    s.pivotRoot("/new", "/new/old").fails(Errno.EINVAL);
    s.fchdir(own);
    s.pivotRoot("new", "new/old").fails(Errno.EINVAL);
    s.chroot(".");
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "new-root-lazily-unmounted",
      section = "pivot_root(2)",
      editions = "none",
      says = "A mount that has been detached by umount2(2) is no new_root any more",
      catches = "a kernel that brings a detached mount back into the namespace")
  void newRootLazilyUnmounted(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new2");
    s.bind("/new", "/new2");
    s.chdir("/new2");
    s.umount("/new2", UmountFlag.MNT_DETACH);
    Outcome<Void> refused = s.pivotRoot(".", "old");
    refused.fails();
    stage.fact("errno", refused.verdict());
    // With a put_old that is still mounted, nothing but new_root can be the reason.
    s.pivotRoot(".", "/new/old").fails(Errno.EINVAL);
    s.chdir("/new");
    s.pivotRoot(".", "old").succeeds();
  }

  @Claim(
      id = "put-old-lazily-unmounted",
      section = "pivot_root(2)",
      editions = "none",
      says = "A mount below new_root that has been detached is no put_old any more",
      catches = "a kernel that mounts the old root where no namespace shows it")
  void putOldLazilyUnmounted(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.chdir("/new/old");
    s.umount("/new/old", UmountFlag.MNT_DETACH);
    Outcome<Void> refused = s.pivotRoot("/new", ".");
    refused.fails();
    stage.fact("errno", refused.verdict());
    s.chdir("/new/old");
    s.pivotRoot("/new", ".").succeeds();
  }

  @Claim(
      id = "root-lazily-unmounted",
      section = "pivot_root(2)",
      editions = "none",
      says = "A caller whose root mount has been detached is refused with EINVAL",
      catches = "a kernel that crashes where a root mount has no namespace")
  void rootLazilyUnmounted(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    Descriptor own = s.open("/", OpenFlag.O_PATH).value();
    Task p = stage.task("P");
    s.chroot("/mid");
    s.fchdir(own);
    p.umount("/mid", UmountFlag.MNT_DETACH);
    s.pivotRoot("new", "new/old").fails(Errno.EINVAL);
    s.chroot(".");
    s.pivotRoot("new", "new/old").succeeds();
  }

  @Claim(
      id = "new-root-outside-chroot",
      section = "pivot_root(2)",
      editions = "none",
      says =
          "A mount that is not below the caller's root, reached from a working directory outside,"
              + " is no new_root: EINVAL",
      catches = "a kernel that tears a mount out of the tree above a chrooted caller")
  void newRootOutsideChroot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.chroot("/mid");
    s.pivotRoot("new", "new/old").fails(Errno.EINVAL);
    s.chroot(".");
    s.pivotRoot("new", "new/old").succeeds();
  }

  @Claim(
      id = "new-root-above-chroot",
      section = "pivot_root(2)",
      editions = "none",
      says = "The mount that a chrooted caller's root is mounted on is no new_root: EINVAL",
      catches = "a kernel that makes a loop of two mounts")
  void newRootAboveChroot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/new/mid");
    s.newTmpfs("/new/mid/place");
    s.chdir("/new");
    s.chroot("mid");
    s.pivotRoot(".", "mid/place").fails(Errno.EINVAL);
    s.pivotRoot("/place", "/place").succeeds();
  }

  @Claim(
      id = "new-root-whole-namespace-root",
      section = "pivot_root(2)",
      editions = "none",
      says = "The namespace's root mount is no new_root for a chrooted caller: EINVAL, not EBUSY",
      catches = "a kernel that compares with the namespace's root mount, or makes a loop of mounts")
  void newRootWholeNamespaceRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.newTmpfs("/mid/place");
    s.chdir("/");
    s.chroot("mid");
    s.pivotRoot(".", "mid/place").fails(Errno.EINVAL);
    s.pivotRoot("/place", "/place").succeeds();
  }

  @Claim(
      id = "foreign-mounts-give-no-privilege",
      section = "execve(2)",
      editions = "none",
      says =
          "A set-user-ID program that is reached by a mount of another namespace is run without that,"
              + " by a mount of one's own with it",
      catches = "a kernel in which who is handed a descriptor is handed root's privileges",
      userland = true)
  void giveNoPrivilege(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/id", "/new/id").is(new Ran(0, "", ""));
    s.run("chmod", "4755", "/new/id").is(new Ran(0, "", ""));
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    String[] asUser = {"setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "./id", "-u"};
    s.fchdir(own);
    Ran first = s.run(asUser).value();
    stage.given(!first.output().equals("1000"), "set-user-ID programs");
    s.run(asUser).is(new Ran(0, "0", ""));
    s.fchdir(foreign);
    s.run(asUser).is(new Ran(0, "1000", ""));
    q.chdir("/new");
    q.run(asUser).is(new Ran(0, "0", ""));
    q.mount("none", "/new", "", MountFlag.MS_REMOUNT, MountFlag.MS_BIND, MountFlag.MS_NOSUID);
    q.run(asUser).is(new Ran(0, "1000", ""));
    s.fchdir(own);
    s.run(asUser).is(new Ran(0, "0", ""));
  }
}
