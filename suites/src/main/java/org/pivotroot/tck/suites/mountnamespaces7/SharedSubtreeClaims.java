package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.CloneFlag.CLONE_NEWNS;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.MountAt;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Shared subtrees: mounts without peers, whole trees, and the numbers of peer groups. */
@Page("mount_namespaces(7)")
class SharedSubtreeClaims {

  /** Mounts and unmounts on either of two mounts of one file system change one mount only. */
  private static void apart(Task s, String one, String other) {
    for (List<String> each : List.of(List.of(one, other), List.of(other, one))) {
      String here = each.get(0) + "/old";
      String there = each.get(1) + "/old";
      s.mountTmpfs(here).succeeds();
      s.mountAt(here).isThere();
      s.mountAt(there).isAbsent();
      s.mountTmpfs(there).succeeds();
      FileId own = s.stat(there).value();
      s.umount(here).succeeds();
      s.stat(there).is(own);
      s.umount(there).succeeds();
    }
  }

  @Claim(
      id = "private-has-no-peer-group",
      section = "SHARED SUBTREES",
      says = "A private mount is in no peer group, and its copies join none",
      catches = "a kernel that makes a peer group of a mount and its copies")
  void privateHasNoGroup(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place").succeeds();
    Task q = stage.taskInOtherNamespace("Q");
    s.mountAt("/new").isPrivate();
    s.mountAt("/place").isPrivate();
    q.mountAt("/new").isPrivate();
    apart(s, "/new", "/place");
    MountTable before = q.mounts().value();
    s.mountTmpfs("/new/old").succeeds();
    q.mounts().is(before);
    // Made shared later, they are shared each by itself.
    s.propagation("/new", MS_SHARED);
    s.propagation("/place", MS_SHARED);
    s.mountAt("/new").isShared().isNoPeerOf(s.mountAt("/place").isShared());
  }

  @Claim(
      id = "unbindable-neither-sends-nor-receives",
      section = "SHARED SUBTREES",
      says = "Like a private mount, an unbindable one sends no mounts or unmounts, and gets none",
      catches = "a kernel that makes a mount unbindable and leaves it in its peer group")
  @Needs(Feature.UNBINDABLE_MOUNTS)
  void unbindableIsPrivate(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/place");
    s.mountTmpfs("/new/old");
    s.mountAt("/place/old").isThere();
    s.umount("/new/old");
    s.propagation("/new", MS_UNBINDABLE).succeeds();
    s.mountAt("/new").isUnbindable();
    apart(s, "/new", "/place");
  }

  @Claim(
      id = "make-slave-recursive",
      section = "NOTES",
      says =
          "MS_SLAVE with MS_REC on the root keeps mounts and unmounts from reaching other"
              + " namespaces, while theirs still come in",
      catches = "a kernel that ignores MS_REC, or makes private mounts of them")
  void slaveRecursive(Stage stage) {
    Task s = stage.task("S");
    for (String each : List.of("/a", "/b", "/new/a", "/new/b")) {
      s.mkdir(each);
    }
    s.propagation("/", MS_REC, MS_SHARED);
    Task q = stage.task("Q");
    q.unshare(CLONE_NEWNS);
    q.propagation("/", MS_REC, MS_SLAVE).succeeds();
    MountTable before = s.mounts().value();
    q.mountTmpfs("/a").succeeds();
    q.mountTmpfs("/new/a").succeeds();
    q.umount("/new/a").succeeds();
    s.mounts().is(before);
    s.mountTmpfs("/b").succeeds();
    s.mountTmpfs("/new/b").succeeds();
    q.mountAt("/b").isThere();
    q.mountAt("/new/b").isThere();
    s.umount("/new/b").succeeds();
    q.mountAt("/new/b").isAbsent();
    q.umount("/b").succeeds();
    s.mountAt("/b").isThere();
  }

  @Claim(
      id = "rbind-follows-bind-semantics",
      section = "SHARED SUBTREES",
      says = "In a recursive bind mount each mount gets the type that a bind of its own would give",
      catches = "a kernel that gives all mounts of the tree the type of the topmost")
  void rbind(Stage stage) {
    Task s = stage.task("S");
    List<String> points = List.of("", "/shared", "/slave", "/private");
    s.newTmpfs("/tree");
    for (String each : points.subList(1, 4)) {
      s.mkdir("/tree" + each);
      s.mountTmpfs("/tree" + each);
    }
    s.propagation("/tree/shared", MS_SHARED);
    s.propagation("/tree/slave", MS_SHARED);
    s.mkdir("/peer");
    s.bind("/tree/slave", "/peer");
    s.propagation("/tree/slave", MS_SLAVE);
    s.newTmpfs("/to-private");
    s.newTmpfs("/to-shared");
    s.propagation("/to-shared", MS_SHARED);
    for (String to : List.of("/to-private", "/to-shared")) {
      s.mkdir(to + "/whole");
      s.bind("/tree", to + "/whole", MS_REC).succeeds();
      for (String each : points) {
        String alone = to + "/alone" + each.replace("/", "-");
        s.mkdir(alone);
        s.bind("/tree" + each, alone).succeeds();
        s.mountAt(to + "/whole" + each).isType(s.mountAt(alone).value().propagation().type());
      }
    }
    s.mountAt("/to-private/whole").isPrivate();
    s.mountAt("/to-private/whole/slave").isSlave();
    s.mountAt("/to-shared/whole/slave").isType("slave+shared");
    s.mountAt("/to-private/whole/shared").isShared().isPeerOf(s.mountAt("/tree/shared"));
  }

  @Claim(
      id = "mountinfo-propagate-from-absent",
      section = "SHARED SUBTREES",
      says =
          "propagate_from is missing where the immediate master can be seen from the task's root,"
              + " and where no mount in the chain of masters can",
      catches = "a kernel that shows it with every slave, or names a group out of reach")
  void propagateFromAbsent(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/slave");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/slave");
    s.propagation("/slave", MS_SLAVE);
    MountAt master = s.mountAt("/new").isShared();
    s.mountAt("/slave").isSlave().isSlaveOf(master);
    Task p = stage.task("P");
    p.chroot("/slave");
    p.mountAt("/").isSlave().isSlaveOf(master);
  }

  @Claim(
      id = "peer-group-ids-from-one-and-recycled",
      section = "SHARED SUBTREES",
      says = "Peer groups are numbered from 1, and the number of an empty one is used again",
      catches = "a kernel that counts from 0, or never gives a number twice",
      in = Placement.ROOT)
  void groupNumbers(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/stage");
    s.mountTmpfs("/mnt");
    s.propagation("/stage", MS_SHARED).succeeds();
    stage.check(groupOf(s, "/stage") == 1, "the first group is not 1");
    s.propagation("/mnt", MS_SHARED).succeeds();
    stage.check(groupOf(s, "/mnt") == 2, "the second group is not 2");
    s.propagation("/stage", MS_PRIVATE).succeeds();
    s.propagation("/stage", MS_SHARED).succeeds();
    stage.check(groupOf(s, "/stage") == 1, "1 was not used again");
    s.umount("/mnt").succeeds();
    s.mountTmpfs("/run");
    s.propagation("/run", MS_SHARED).succeeds();
    stage.check(groupOf(s, "/run") == 2, "2 was not used again");
  }

  private static long groupOf(Task task, String point) {
    return task.mountAt(point).isShared().value().propagation().shared();
  }

  @Claim(
      id = "mount-namespace-has-an-owner",
      section = "NOTES",
      says = "A mount namespace is owned by the user namespace that its maker was in",
      catches = "a kernel in which it is owned by whoever asks, or always by the first",
      userland = true)
  void owner(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task u = s.lessPrivileged("U");
    FileId first = s.stat("/proc/thread-self/ns/user").value();
    FileId second = u.stat("/proc/thread-self/ns/user").value();
    stage.check(!first.sameFile(second), "U is in the user namespace of S");
    stage.check(ownerOf(s).sameFile(first), "S's mounts belong to another user namespace");
    stage.check(ownerOf(u).sameFile(second), "U's mounts belong to another user namespace");
    // P stays in the first user namespace and looks from there.
    p.setns(p.pidfdOpen(u).value(), CLONE_NEWNS).succeeds();
    stage.check(p.stat("/proc/thread-self/ns/user").value().sameFile(first), "P has left it");
    stage.check(ownerOf(p).sameFile(second), "what P sees belongs to P's user namespace");
    p.unshare(CLONE_NEWNS).succeeds();
    stage.check(ownerOf(p).sameFile(first), "the copy that P made does not belong to P's");
  }

  /** The user namespace that owns the mount namespace of a task. */
  private static FileId ownerOf(Task task) {
    Descriptor mounts = task.mountNamespace().value();
    return task.stat(task.owningUserNamespace(mounts).value()).value();
  }

  @Claim(
      id = "example-mount-explosion",
      section = "SHARED SUBTREES",
      says =
          "Recursive bind mounts of the root below itself double the mounts each time; made"
              + " unbindable each is left out of the next, and cannot be bound itself",
      catches = "a kernel that copies unbindable mounts along, or none of what is mounted")
  void explosion(Stage stage) {
    Task s = stage.task("S");
    List<String> homes = List.of("/cecilia", "/henry", "/otto");
    homes.forEach(s::mkdir);
    Task q = stage.taskInOtherNamespace("Q");
    int before = s.mounts().value().mounts().size();
    s.propagation("/", MS_REC, MS_PRIVATE);
    q.propagation("/", MS_REC, MS_PRIVATE);
    for (int i = 0; i < homes.size(); i++) {
      s.mount("/", homes.get(i), "", MS_BIND, MS_REC).succeeds();
      count(stage, s, before << (i + 1));
    }
    for (int i = 0; i < homes.size(); i++) {
      q.mount("/", homes.get(i), "", MS_BIND, MS_REC).succeeds();
      q.propagation(homes.get(i), MS_UNBINDABLE).succeeds();
      count(stage, q, before * (i + 2));
    }
    for (MountFlag[] more : new MountFlag[][] {{}, {MS_REC}}) {
      q.bind("/cecilia", "/new/old", more).fails(EINVAL);
    }
    q.propagation("/cecilia", MS_PRIVATE);
    q.bind("/cecilia", "/new/old").succeeds();
  }

  private static void count(Stage stage, Task task, int expected) {
    int found = task.mounts().value().mounts().size();
    stage.check(found == expected, () -> found + " mounts where " + expected + " are claimed");
  }
}
