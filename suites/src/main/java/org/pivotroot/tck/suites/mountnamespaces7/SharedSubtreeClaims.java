package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.harness.task.Errno.EINVAL;
import static org.pivotroot.tck.harness.task.Flags.CLONE_NEWNS;
import static org.pivotroot.tck.harness.task.Flags.MS_BIND;
import static org.pivotroot.tck.harness.task.Flags.MS_PRIVATE;
import static org.pivotroot.tck.harness.task.Flags.MS_REC;
import static org.pivotroot.tck.harness.task.Flags.MS_SHARED;
import static org.pivotroot.tck.harness.task.Flags.MS_SLAVE;
import static org.pivotroot.tck.harness.task.Flags.MS_UNBINDABLE;
import static org.pivotroot.tck.harness.task.Flags.O_RDONLY;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Descriptor;
import org.pivotroot.tck.harness.task.FileId;
import org.pivotroot.tck.harness.task.Flags;
import org.pivotroot.tck.harness.task.MountTable;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Shared subtrees: mounts without peers, whole trees, and the numbers of peer groups. */
@Page("mount_namespaces(7)")
class SharedSubtreeClaims {

  private static List<String> tags(Task task, String point) {
    return task.mounts().value().at(point).orElseThrow().propagation();
  }

  private static boolean mounted(Task task, String point) {
    return task.mounts().value().at(point).isPresent();
  }

  /** Mounts and unmounts on either of two mounts of one file system change one mount only. */
  private static void apart(Stage stage, Task s, String one, String other) {
    for (List<String> each : List.of(List.of(one, other), List.of(other, one))) {
      String here = each.get(0) + "/old";
      String there = each.get(1) + "/old";
      s.mountTmpfs(here).succeeds();
      stage.check(mounted(s, here), "nothing is mounted on " + here);
      stage.check(!mounted(s, there), "a mount went from " + here + " to " + there);
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
    stage.check(tags(s, "/new").isEmpty(), "/new has " + tags(s, "/new"));
    stage.check(tags(s, "/place").isEmpty(), "/place has " + tags(s, "/place"));
    stage.check(tags(q, "/new").isEmpty(), "/new of Q has " + tags(q, "/new"));
    apart(stage, s, "/new", "/place");
    MountTable before = q.mounts().value();
    s.mountTmpfs("/new/old").succeeds();
    q.mounts().is(before);
    // Made shared later, they are shared each by itself.
    s.propagation("/new", MS_SHARED);
    s.propagation("/place", MS_SHARED);
    stage.check(!tags(s, "/new").equals(tags(s, "/place")), "they are peers");
  }

  @Claim(
      id = "unbindable-neither-sends-nor-receives",
      section = "SHARED SUBTREES",
      says = "Like a private mount, an unbindable one sends no mounts or unmounts, and gets none",
      catches = "a kernel that makes a mount unbindable and leaves it in its peer group")
  void unbindableIsPrivate(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/place");
    s.mountTmpfs("/new/old");
    stage.check(mounted(s, "/place/old"), "the mounts are no peers to begin with");
    s.umount("/new/old");
    s.propagation("/new", MS_UNBINDABLE).succeeds();
    stage.check(tags(s, "/new").equals(List.of("unbindable")), "/new has " + tags(s, "/new"));
    apart(stage, s, "/new", "/place");
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
    stage.check(mounted(q, "/b") && mounted(q, "/new/b"), "a mount of S did not reach Q");
    s.umount("/new/b").succeeds();
    stage.check(!mounted(q, "/new/b"), "an unmount of S did not reach Q");
    q.umount("/b").succeeds();
    stage.check(mounted(s, "/b"), "an unmount of Q reached S");
  }

  @Claim(
      id = "rbind-follows-bind-semantics",
      section = "SHARED SUBTREES",
      says = "In a recursive bind mount each mount gets the type that a bind of its own would give",
      catches = "a kernel that gives all mounts of the tree the type of the topmost")
  void rbind(Stage stage) {
    Task s = stage.task("S");
    List<String> points = List.of("", "/shared", "/slave", "/private");
    s.mkdir("/tree");
    s.mountTmpfs("/tree");
    for (String each : points.subList(1, 4)) {
      s.mkdir("/tree" + each);
      s.mountTmpfs("/tree" + each);
    }
    s.propagation("/tree/shared", MS_SHARED);
    s.propagation("/tree/slave", MS_SHARED);
    s.mkdir("/peer");
    s.bind("/tree/slave", "/peer");
    s.propagation("/tree/slave", MS_SLAVE);
    s.mkdir("/to-private");
    s.mountTmpfs("/to-private");
    s.mkdir("/to-shared");
    s.mountTmpfs("/to-shared");
    s.propagation("/to-shared", MS_SHARED);
    for (String to : List.of("/to-private", "/to-shared")) {
      s.mkdir(to + "/whole");
      s.bind("/tree", to + "/whole", MS_REC).succeeds();
      for (String each : points) {
        String alone = to + "/alone" + each.replace("/", "-");
        s.mkdir(alone);
        s.bind("/tree" + each, alone).succeeds();
        List<String> expected = kinds(s, alone);
        List<String> found = kinds(s, to + "/whole" + each);
        stage.check(
            found.equals(expected),
            to + "/whole" + each + " is " + found + ", bound alone " + expected);
      }
    }
    stage.check(kinds(s, "/to-private/whole").isEmpty(), "the top on private is not private");
    stage.check(kinds(s, "/to-private/whole/slave").equals(List.of("master")), "the slave is none");
    stage.check(
        kinds(s, "/to-shared/whole/slave").equals(List.of("shared", "master")),
        "the slave on shared is not both");
    stage.check(
        tags(s, "/to-private/whole/shared").equals(tags(s, "/tree/shared")),
        "the shared mount and its copy are no peers");
  }

  private static List<String> kinds(Task task, String point) {
    return tags(task, point).stream().map(tag -> tag.replaceAll(":.*", "")).toList();
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
    String group = tags(s, "/new").get(0).replace("shared:", "");
    List<String> expected = List.of("master:" + group);
    stage.check(tags(s, "/slave").equals(expected), "with its master: " + tags(s, "/slave"));
    Task p = stage.task("P");
    p.chroot("/slave");
    stage.check(tags(p, "/").equals(expected), "out of its sight: " + tags(p, "/"));
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
    stage.check(tags(s, "/stage").equals(List.of("shared:1")), "the first group is not 1");
    s.propagation("/mnt", MS_SHARED).succeeds();
    stage.check(tags(s, "/mnt").equals(List.of("shared:2")), "the second group is not 2");
    s.propagation("/stage", MS_PRIVATE).succeeds();
    s.propagation("/stage", MS_SHARED).succeeds();
    stage.check(tags(s, "/stage").equals(List.of("shared:1")), "1 was not used again");
    s.umount("/mnt").succeeds();
    s.mountTmpfs("/run");
    s.propagation("/run", MS_SHARED).succeeds();
    stage.check(tags(s, "/run").equals(List.of("shared:2")), "2 was not used again");
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
    Task u = s.process("U", "unshare", "--user", "--map-root-user", "--mount");
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
    Descriptor mounts = task.open("/proc/thread-self/ns/mnt", O_RDONLY).value();
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
    for (Flags[] more : new Flags[][] {{}, {MS_REC}}) {
      q.bind("/cecilia", "/new/old", more).fails(EINVAL);
    }
    q.propagation("/cecilia", MS_PRIVATE);
    q.bind("/cecilia", "/new/old").succeeds();
  }

  private static void count(Stage stage, Task task, int expected) {
    int found = task.mounts().value().mounts().size();
    stage.check(found == expected, found + " mounts where " + expected + " are claimed");
  }
}
