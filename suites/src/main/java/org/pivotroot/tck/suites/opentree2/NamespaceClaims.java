package org.pivotroot.tck.suites.opentree2;

import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_NAMESPACE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** OPEN_TREE_NAMESPACE: a mount namespace made of a clone. */
@Page("open_tree(2)")
class NamespaceClaims {
  private static final String SINCE = "7.0";
  private static final String LACKING = "OPEN_TREE_NAMESPACE came with Linux 7.0";

  private static Descriptor namespaceOfNew(Stage stage, Task s) {
    Outcome<Descriptor> opened = s.openTree("/new", OPEN_TREE_NAMESPACE, AT_RECURSIVE);
    if (opened.failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("OPEN_TREE_NAMESPACE");
    }
    return opened.value();
  }

  @Claim(
      id = "tree-namespace-is-of-the-clone",
      section = "DESCRIPTION",
      editions = "none",
      says = "Who enters the namespace has the clone of the tree as root and working directory",
      catches = "a kernel that puts the caller's whole namespace in it, or the original mount")
  @NotApplicable(before = SINCE, because = LACKING)
  void isOfClone(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    FileId original = s.stat("/new").value();
    FileId below = s.stat("/new/old").value();
    MountTable before = s.tree().value();
    Descriptor namespace = namespaceOfNew(stage, s);
    s.tree().is(before);
    Task q = s.fork("Q");
    q.setnsMount(namespace).succeeds();
    q.root().isNot(original);
    stage.check(q.stat("/").value().sameFile(original), "the root is another directory");
    stage.check(q.stat("/old").value().sameFile(below), "what is on /old is another file system");
    stage.check(q.stat("/..").value().equals(q.stat("/").value()), "there is something above");
    q.getcwd().is("/");
    s.stat("/new").is(original);
  }

  @Claim(
      id = "tree-namespace-pivot",
      section = "DESCRIPTION",
      editions = "none",
      says = "In such a namespace pivot_root(2) works as in any other",
      catches = "a kernel whose new namespaces have a root that cannot be exchanged")
  @NotApplicable(before = SINCE, because = LACKING)
  void pivot(Stage stage) {
    Task s = stage.task("S");
    Descriptor namespace = namespaceOfNew(stage, s);
    Task q = s.fork("Q");
    q.setnsMount(namespace);
    q.mkdir("/next");
    q.mountTmpfs("/next");
    q.mkdir("/next/old");
    FileId root = q.stat("/").value();
    FileId next = q.stat("/next").value();
    q.pivotRoot("/next", "/next/old").succeeds();
    q.root().is(next);
    q.stat("/old").is(root);
    q.umount("/old").succeeds();
  }

  @Claim(
      id = "tree-namespace-is-cut-off",
      section = "DESCRIPTION",
      editions = "none",
      says = "What is mounted in it afterwards is not seen outside, nor the other way round",
      catches = "a kernel that leaves the namespace and the caller's one mount tree")
  @NotApplicable(before = SINCE, because = LACKING)
  void cutOff(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/new/b");
    Descriptor namespace = namespaceOfNew(stage, s);
    Task q = s.fork("Q");
    q.setnsMount(namespace);
    q.mountTmpfs("/a");
    s.mountTmpfs("/new/b");
    s.mountAt("/new/a").isAbsent();
    q.mountAt("/b").isAbsent();
    q.mountAt("/a").isThere();
  }

  @Claim(
      id = "tree-namespace-outlives-its-maker",
      section = "DESCRIPTION",
      editions = "none",
      says = "The namespace is there as long as the descriptor is, and ends like any other",
      catches = "a kernel that takes it apart when the tree that was cloned is unmounted")
  @NotApplicable(before = SINCE, because = LACKING)
  void outlives(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/kept");
    Descriptor namespace = namespaceOfNew(stage, s);
    s.umount("/new").succeeds();
    Task q = s.fork("Q");
    q.setnsMount(namespace).succeeds();
    s.close(namespace).succeeds();
    q.stat("/kept").succeeds();
    q.mountTmpfs("/kept").succeeds();
  }

  @Claim(
      id = "tree-namespace-flags",
      section = "ERRORS",
      editions = "none",
      says = "OPEN_TREE_CLONE with it is EINVAL; without CAP_SYS_ADMIN it is EPERM",
      catches = "a kernel that takes one for the other, or gives namespaces to everybody")
  @NotApplicable(before = SINCE, because = LACKING)
  void flags(Stage stage) {
    Task s = stage.task("S");
    namespaceOfNew(stage, s);
    s.openTree("/new", OPEN_TREE_NAMESPACE, OPEN_TREE_CLONE).fails(Errno.EINVAL);
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.openTree("/new", OPEN_TREE_NAMESPACE).fails(Errno.EPERM);
    s.openTree("/new", OPEN_TREE_NAMESPACE).succeeds();
  }

  /** A task in a user namespace of its own and in the mount namespace of the first task. */
  private static Task stranger(Task s) {
    return s.process("U", "unshare", "--user", "--map-root-user");
  }

  @Claim(
      id = "tree-namespace-of-less-privilege",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "Who has no privilege over its mount namespace, but over a user namespace, gets such a"
              + " namespace as less privileged: mounts come into it and not out, and none can be taken"
              + " off another",
      catches = "a kernel that lets a container see what mounts cover, or mount for its host",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void lessPrivileged(Stage stage) {
    Task s = stage.task("S");
    namespaceOfNew(stage, s);
    s.mkdir("/new/a");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/old/hidden");
    s.mountTmpfs("/new/old");
    s.propagation("/new", MountFlag.MS_SHARED);
    Task u = stranger(s);
    u.mountTmpfs("/new/a").fails(Errno.EPERM);
    Descriptor namespace = u.openTree("/new", OPEN_TREE_NAMESPACE, AT_RECURSIVE).succeeds().value();
    u.setnsMount(namespace).succeeds();
    u.mountAt("/").isSlave().isSlaveOf(s.mountAt("/new"));
    u.umount("/old").fails(Errno.EINVAL);
    u.stat("/old/hidden").fails(Errno.ENOENT);
    s.mountTmpfs("/new/a").succeeds();
    u.mountAt("/a").isThere();
    s.umount("/new/a").succeeds();
    u.mountTmpfs("/a").succeeds();
    s.mountAt("/new/a").isAbsent();
    u.umount("/a").succeeds();
  }

  @Claim(
      id = "tree-namespace-leaves-nothing-out",
      section = "ERRORS",
      editions = "none",
      says =
          "Without privilege over the mount namespace a mount is taken with all that lies on it or not"
              + " at all: EINVAL",
      catches = "a kernel that shows what is below mounts by leaving these out",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  @Contradicted(
      from = "7.0",
      before = "7.2.11",
      because =
          "create_new_namespace() asks only for privilege over a user namespace, and leaves out what"
              + " is mounted below; 7.2.9 does so, 7.2.11 does not")
  void leavesNothingOut(Stage stage) {
    Task s = stage.task("S");
    namespaceOfNew(stage, s);
    s.mkdir("/new/old/hidden");
    s.mountTmpfs("/new/old");
    Task u = stranger(s);
    u.openTree("/new", OPEN_TREE_NAMESPACE).fails(Errno.EINVAL);
    u.openTree("/new", OPEN_TREE_NAMESPACE, AT_RECURSIVE).succeeds();
    s.openTree("/new", OPEN_TREE_NAMESPACE).succeeds();
    s.umount("/new/old").succeeds();
    u.openTree("/new", OPEN_TREE_NAMESPACE).succeeds();
  }

  @Claim(
      id = "tree-namespace-root-of-less-privilege-stays",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "Where the root of the namespace that it was made in cannot be unmounted, nor can its own:"
              + " EINVAL",
      catches = "a kernel in which a way around leads to what lies under the root",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void rootStays(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    namespaceOfNew(stage, s);
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    Task r = s.fork("R");
    r.unshare(CloneFlag.CLONE_NEWNS);
    r.umount("/", UmountFlag.MNT_DETACH).succeeds();
    Descriptor theirs = u.openTree("/new", OPEN_TREE_NAMESPACE).succeeds().value();
    u.setnsMount(theirs).succeeds();
    u.umount("/", UmountFlag.MNT_DETACH).fails(Errno.EINVAL);
    u.mkdir("/made").succeeds();
    Descriptor ours = s.openTree("/new", OPEN_TREE_NAMESPACE).succeeds().value();
    Task q = s.fork("Q");
    q.setnsMount(ours).succeeds();
    q.umount("/", UmountFlag.MNT_DETACH).succeeds();
  }

  @Claim(
      id = "tree-namespace-of-a-file",
      section = "ERRORS",
      editions = "none",
      says = "The tree must begin with a directory: ENOTDIR",
      catches = "a kernel that makes a namespace whose root is a file")
  @NotApplicable(before = SINCE, because = LACKING)
  void ofFile(Stage stage) {
    Task s = stage.task("S");
    namespaceOfNew(stage, s);
    s.createFile("/new/file");
    s.openTree("/new/file", OPEN_TREE_NAMESPACE).fails(Errno.ENOTDIR);
    s.bind("/new/file", "/new/file");
    s.openTree("/new/file", OPEN_TREE_NAMESPACE).fails(Errno.ENOTDIR);
    s.openTree("/new/file", OPEN_TREE_CLONE).succeeds();
  }
}
