package org.pivotroot.tck.suites.mountsetattr2;

import static org.pivotroot.tck.model.call.AtFlag.AT_EMPTY_PATH;
import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_IDMAP;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Attributes;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/**
 * Mounts that show files as others' than the file system has them. Here 7 stands for 0: what
 * belongs to root is user 7's by the mount, and what belongs to anybody else is nobody's.
 */
@Page("mount_setattr(2)")
@Needs(Feature.IDMAPPED_MOUNTS)
class IdmapClaims {
  private static final String SINCE = "6.3";
  private static final String LACKING = "tmpfs can be ID-mapped since Linux 6.3";
  private static final int SIZE = StructType.MOUNT_ATTR.size();

  /** The first task, with a place for a mapped mount. */
  private static Task task(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/mapped");
    return s;
  }

  /** A user namespace in which 0 is who is 7 outside. */
  private static Descriptor namespace(Task s) {
    return s.userNamespace("U", "0 7 1");
  }

  private static Outcome<Void> map(Task s, Descriptor tree, Descriptor namespace, AtFlag... more) {
    AtFlag[] flags = more.length == 0 ? new AtFlag[] {AT_EMPTY_PATH} : more;
    return s.mountSetattr(tree, "", Attributes.idmap(namespace), SIZE, flags);
  }

  /** A mapped mount of /new on /mapped. */
  private static void attach(Task s) {
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    map(s, tree, namespace(s)).value();
    s.moveMount(tree, "/mapped").value();
  }

  private static void belongsTo(Task s, String path, String owner) {
    s.run("stat", "-c", "%u %g", path).is(new Ran(0, owner, ""));
  }

  @Claim(
      id = "idmap-is-of-the-mount",
      section = "ID-mapped mounts",
      says =
          "By a mapped mount a file is another's, by the original it is whose it was; who has no"
              + " place in the mapping can make no file",
      catches = "a kernel that maps the file system, maps backwards, or not what is made new",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void ofTheMount(Stage stage) {
    Task s = task(stage);
    s.createFile("/new/ours");
    s.createFile("/new/theirs");
    s.run("chown", "7:7", "/new/theirs").is(new Ran(0, "", ""));
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    map(s, tree, namespace(s)).succeeds();
    s.moveMount(tree, "/mapped").succeeds();
    s.mountAt("/mapped").hasOptions("rw,relatime,idmapped");
    s.mountAt("/new").hasOptions("rw,relatime");
    belongsTo(s, "/mapped/ours", "7 7");
    belongsTo(s, "/mapped/theirs", "65534 65534");
    belongsTo(s, "/new/ours", "0 0");
    belongsTo(s, "/new/theirs", "7 7");
    s.mkdir("/mapped/made").fails(Errno.EOVERFLOW);
    s.run("setpriv", "--reuid=7", "--regid=7", "--clear-groups", "mkdir", "/mapped/made")
        .is(new Ran(0, "", ""));
    belongsTo(s, "/mapped/made", "7 7");
    belongsTo(s, "/new/made", "0 0");
  }

  @Claim(
      id = "idmap-of-what-was-never-attached",
      section = "ERRORS",
      says =
          "By mount_setattr(2) what is attached cannot be mapped: EINVAL; what is mapped cannot be again:"
              + " EPERM, nor be made plain: EINVAL",
      catches = "a kernel that changes whose files are while somebody has them open",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void neverAttached(Stage stage) {
    Task s = task(stage);
    Descriptor namespace = namespace(s);
    s.mountSetattr("/new", Attributes.idmap(namespace)).fails(Errno.EINVAL);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    map(s, tree, namespace).succeeds();
    map(s, tree, namespace).fails(Errno.EPERM);
    s.moveMount(tree, "/mapped").succeeds();
    map(s, tree, namespace).fails(Errno.EPERM);
    s.mountSetattr("/mapped", Attributes.clear(MOUNT_ATTR_IDMAP)).fails(Errno.EINVAL);
    s.mountAt("/mapped").hasOptions("rw,relatime,idmapped");
    Descriptor copy = s.openTree("/mapped", OPEN_TREE_CLONE).value();
    map(s, copy, namespace).fails(Errno.EPERM);
    Descriptor other = s.openTree("/new", OPEN_TREE_CLONE).value();
    map(s, other, namespace).succeeds();
  }

  @Claim(
      id = "idmap-errors",
      section = "ERRORS",
      says =
          "A descriptor that is closed is EBADF, one of no user namespace EINVAL, the initial one"
              + " EPERM, and a file system that cannot be mapped EINVAL",
      catches = "a kernel that maps by whatever it is given",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void errors(Stage stage) {
    Task s = task(stage);
    Descriptor namespace = namespace(s);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    Descriptor closed = s.open("/new", OpenFlag.O_RDONLY).value();
    s.close(closed);
    map(s, tree, closed).fails(Errno.EBADF);
    map(s, tree, s.open("/new", OpenFlag.O_RDONLY).value()).fails(Errno.EINVAL);
    map(s, tree, s.mountNamespace().value()).fails(Errno.EINVAL);
    map(s, tree, s.openOf(s, "ns/user", OpenFlag.O_RDONLY).value()).fails(Errno.EPERM);
    Descriptor proc = s.openTree("/proc", OPEN_TREE_CLONE).value();
    map(s, proc, namespace).fails(Errno.EINVAL);
    map(s, tree, namespace).succeeds();
  }

  @Claim(
      id = "idmap-all-or-nothing",
      section = "ERRORS",
      says = "Of a tree in which one mount cannot be mapped, none is",
      catches = "a kernel that maps until it meets one that it cannot map",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void allOrNothing(Stage stage) {
    Task s = task(stage);
    Descriptor namespace = namespace(s);
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/in");
    Descriptor whole = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    map(s, whole, namespace, AT_EMPTY_PATH, AT_RECURSIVE).succeeds();
    s.moveMount(whole, "/mapped").succeeds();
    for (String place : new String[] {"/mapped", "/mapped/old", "/mapped/old/in"}) {
      s.mountAt(place).hasOptions("rw,relatime,idmapped");
      s.mkdir(place + "/made").fails(Errno.EOVERFLOW);
    }
    s.mount("proc", "/new/old/in", "proc");
    s.mkdir("/other");
    Descriptor mixed = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    map(s, mixed, namespace, AT_EMPTY_PATH, AT_RECURSIVE).fails(Errno.EINVAL);
    s.moveMount(mixed, "/other").succeeds();
    s.mountAt("/other").hasOptions("rw,relatime");
    s.mkdir("/other/made").succeeds();
    s.mkdir("/other/old/made").succeeds();
  }

  @Claim(
      id = "idmap-goes-with-copies",
      section = "ID-mapped mounts",
      says = "A bind of a mapped mount is mapped, and so is its copy in a new mount namespace",
      catches = "a kernel that gives root's files to whoever binds the mount",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void copies(Stage stage) {
    Task s = task(stage);
    attach(s);
    s.mkdir("/again");
    s.bind("/mapped", "/again").succeeds();
    s.mountAt("/again").hasOptions("rw,relatime,idmapped");
    s.mkdir("/again/made").fails(Errno.EOVERFLOW);
    Task q = stage.taskInOtherNamespace("Q");
    q.mountAt("/mapped").hasOptions("rw,relatime,idmapped");
    q.mkdir("/mapped/made").fails(Errno.EOVERFLOW);
    s.mount("none", "/again", "", MountFlag.MS_REMOUNT).value();
    s.mountAt("/again").hasOptions("rw,relatime,idmapped");
    q.mkdir("/new/made").succeeds();
  }

  @Claim(
      id = "idmap-stays-with-the-new-root",
      section = "ID-mapped mounts",
      editions = "none",
      says = "A mapped mount that becomes the root stays mapped, and what is put on it is not",
      catches = "a kernel whose pivot_root(2) makes a container's files its host's",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void newRoot(Stage stage) {
    Task s = task(stage);
    Task p = stage.task("P");
    attach(s);
    FileId mapped = s.stat("/mapped").value();
    s.pivotRoot("/mapped", "/mapped/old").succeeds();
    p.root().is(mapped);
    s.mountAt("/").hasOptions("rw,relatime,idmapped");
    s.mountAt("/old").hasOptions("rw,relatime");
    s.mkdir("/made").fails(Errno.EOVERFLOW);
    p.mkdir("/made").fails(Errno.EOVERFLOW);
    s.mkdir("/old/made").succeeds();
    s.mkdir("/old/new/made").succeeds();
  }
}
