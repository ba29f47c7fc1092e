package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.harness.task.Errno.EINVAL;
import static org.pivotroot.tck.harness.task.Flags.MS_BIND;
import static org.pivotroot.tck.harness.task.Flags.MS_PRIVATE;
import static org.pivotroot.tck.harness.task.Flags.MS_REC;
import static org.pivotroot.tck.harness.task.Flags.MS_SHARED;
import static org.pivotroot.tck.harness.task.Flags.MS_SLAVE;
import static org.pivotroot.tck.harness.task.Flags.MS_UNBINDABLE;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Flags;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** Propagation types: how mounts come by them and how they change. */
@Page("mount_namespaces(7)")
class PropagationTypeClaims {

  private static List<String> tags(Task task, String point) {
    return task.mounts().value().at(point).orElseThrow().propagation();
  }

  /** The type of a mount in the words of the page, by its tags in mountinfo. */
  private static String type(Task task, String point) {
    String kinds =
        tags(task, point).stream()
            .map(tag -> tag.replaceAll(":.*", ""))
            .collect(Collectors.joining("+"));
    return switch (kinds) {
      case "" -> "private";
      case "master" -> "slave";
      case "shared+master" -> "slave+shared";
      default -> kinds;
    };
  }

  /** A new tmpfs of the given type on a new directory; one that is shared or slave has a peer. */
  private static void make(Task task, String type, String point) {
    task.mkdir(point);
    task.mountTmpfs(point);
    switch (type) {
      case "shared" -> peer(task, point);
      case "slave" -> {
        peer(task, point);
        task.propagation(point, MS_SLAVE);
      }
      case "slave+shared" -> {
        peer(task, point);
        task.propagation(point, MS_SLAVE);
        task.propagation(point, MS_SHARED);
      }
      case "unbindable" -> task.propagation(point, MS_UNBINDABLE);
      default -> task.propagation(point, MS_PRIVATE);
    }
  }

  private static void peer(Task task, String point) {
    task.propagation(point, MS_SHARED);
    task.mkdir(point + "-peer");
    task.bind(point, point + "-peer");
  }

  private static void transitions(
      Stage stage, String from, String shared, String slave, String privately, String unbindable) {
    Task s = stage.task("S");
    transition(stage, s, from, MS_SHARED, shared);
    transition(stage, s, from, MS_SLAVE, slave);
    transition(stage, s, from, MS_PRIVATE, privately);
    transition(stage, s, from, MS_UNBINDABLE, unbindable);
  }

  private static void transition(Stage stage, Task s, String from, Flags to, String expected) {
    String point = "/made-" + to.name();
    make(s, from, point);
    stage.check(type(s, point).equals(from), "the mount to begin with is " + type(s, point));
    s.propagation(point, to).succeeds();
    String became = type(s, point);
    stage.check(became.equals(expected), from + " became " + became + " by " + to);
  }

  @Claim(
      id = "transitions-of-shared",
      section = "DESCRIPTION",
      says = "A shared mount with peers becomes slave, private and unbindable as asked",
      catches = "a kernel that keeps a mount in its peer group, or forgets the master")
  void ofShared(Stage stage) {
    transitions(stage, "shared", "shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-slave",
      section = "DESCRIPTION",
      says = "A slave made shared is both; made slave again it stays; else it loses its master",
      catches = "a kernel in which sharing a slave cuts it off from its master")
  void ofSlave(Stage stage) {
    transitions(stage, "slave", "slave+shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-slave-and-shared",
      section = "DESCRIPTION",
      says = "A mount that is slave and shared, made slave, is a slave of its first master still",
      catches = "a kernel that makes it private, being alone in its peer group")
  void ofSlaveAndShared(Stage stage) {
    transitions(stage, "slave+shared", "slave+shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-private",
      section = "DESCRIPTION",
      says = "A private mount made slave stays private; else it becomes what was asked",
      catches = "a kernel that makes a slave without a master, or refuses")
  void ofPrivate(Stage stage) {
    transitions(stage, "private", "shared", "private", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-unbindable",
      section = "DESCRIPTION",
      says = "An unbindable mount made slave stays unbindable; else it becomes what was asked",
      catches = "a kernel in which making it slave makes it bindable")
  void ofUnbindable(Stage stage) {
    transitions(stage, "unbindable", "shared", "unbindable", "private", "unbindable");
  }

  @Claim(
      id = "lone-shared-made-slave-is-private",
      section = "DESCRIPTION",
      says = "A shared mount that is alone in its peer group becomes private when made slave",
      catches = "a kernel that makes a slave of an empty peer group")
  void loneShared(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    stage.check(type(s, "/new").equals("shared"), "/new is " + type(s, "/new"));
    s.propagation("/new", MS_SLAVE).succeeds();
    stage.check(type(s, "/new").equals("private"), "/new is " + type(s, "/new"));
  }

  @Claim(
      id = "slave-has-its-peers-as-master",
      section = "DESCRIPTION",
      says = "The master of a mount made slave is the peer group that it was in",
      catches = "a kernel that shows or uses another group")
  void masterIsOldGroup(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    String group = tags(s, "/new").get(0).replace("shared:", "");
    q.propagation("/new", MS_SLAVE);
    stage.check(tags(q, "/new").equals(List.of("master:" + group)), "Q: " + tags(q, "/new"));
    stage.check(tags(s, "/new").equals(List.of("shared:" + group)), "S: " + tags(s, "/new"));
  }

  @Claim(
      id = "default-propagation-inherited",
      section = "NOTES",
      says = "A new mount is shared if its parent is, and private if its parent is anything else",
      catches = "a kernel in which new mounts are always private, or take over any type")
  void defaultPropagation(Stage stage) {
    Task s = stage.task("S");
    for (String parent : List.of("shared", "slave", "slave+shared", "private", "unbindable")) {
      String point = "/" + parent;
      make(s, parent, point);
      s.mkdir(point + "/child");
      s.mountTmpfs(point + "/child").succeeds();
      String child = type(s, point + "/child");
      boolean shared = parent.equals("shared") || parent.equals("slave+shared");
      stage.check(child.equals(shared ? "shared" : "private"), parent + " has a child " + child);
    }
  }

  @Claim(
      id = "private-without-tags",
      section = "DESCRIPTION",
      says = "A mount without any of the tags in mountinfo is private",
      catches = "a kernel that hides tags: what has none neither sends nor can be a master")
  void privateWithoutTags(Stage stage) {
    Task s = stage.task("S");
    stage.check(tags(s, "/new").isEmpty(), "/new has " + tags(s, "/new"));
    Task q = stage.taskInOtherNamespace("Q");
    stage.check(tags(q, "/new").isEmpty(), "/new of Q has " + tags(q, "/new"));
    s.mountTmpfs("/new/old").succeeds();
    stage.check(q.mounts().value().at("/new/old").isEmpty(), "it propagated");
  }

  @Claim(
      id = "bind-joins-peer-group",
      section = "DESCRIPTION",
      says = "A bind mount made from a shared mount is in the peer group of that",
      catches = "a kernel that makes a peer group of its own, or binds the whole file system only")
  void bindJoins(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_SHARED);
    s.bind("/new/old", "/place").succeeds();
    stage.check(
        tags(s, "/place").equals(tags(s, "/new")), tags(s, "/new") + " and " + tags(s, "/place"));
    s.mkdir("/new/old/sub");
    s.mountTmpfs("/new/old/sub").succeeds();
    stage.check(s.mounts().value().at("/place/sub").isPresent(), "it did not propagate");
  }

  @Claim(
      id = "newns-joins-peer-group",
      section = "DESCRIPTION",
      says = "The copy of a shared mount in a new mount namespace is in the peer group of that",
      catches = "a kernel that cuts copies off from their originals")
  void newnsJoins(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    stage.check(
        tags(q, "/new").equals(tags(s, "/new")), tags(s, "/new") + " and " + tags(q, "/new"));
    stage.check(type(q, "/new").equals("shared"), "/new of Q is " + type(q, "/new"));
  }

  @Claim(
      id = "child-of-shared-makes-new-peer-group",
      section = "DESCRIPTION",
      says = "A mount on a shared mount and its replicas on the peers are one new peer group",
      catches = "a kernel that puts the child in its parent's group, or each replica in its own")
  void childMakesGroup(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    s.mountTmpfs("/new/old").succeeds();
    stage.check(type(s, "/new/old").equals("shared"), "it is " + type(s, "/new/old"));
    stage.check(tags(s, "/new/old").equals(tags(q, "/new/old")), "the replica is no peer");
    stage.check(!tags(s, "/new/old").equals(tags(s, "/new")), "it is in its parent's group");
  }

  @Claim(
      id = "two-shared-mounts-are-two-groups",
      section = "DESCRIPTION",
      says = "Mounts made shared each by itself are in distinct peer groups",
      catches = "a kernel with one group for all, or one for each file system")
  void twoGroups(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.bind("/new", "/place"); // private, of the same file system
    s.propagation("/new", MS_SHARED);
    s.propagation("/place", MS_SHARED);
    stage.check(!tags(s, "/new").equals(tags(s, "/place")), "both are " + tags(s, "/new"));
    s.mountTmpfs("/new/old").succeeds();
    stage.check(s.mounts().value().at("/place/old").isEmpty(), "it propagated");
  }

  @Claim(
      id = "unmounted-mount-leaves-peer-group",
      section = "DESCRIPTION",
      says = "A mount that is unmounted is no longer a member of its peer group",
      catches = "a kernel that keeps it: the last member would become a slave of nobody")
  void unmountLeaves(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_SHARED);
    s.bind("/new", "/place");
    s.umount("/place").succeeds();
    s.propagation("/new", MS_SLAVE);
    stage.check(type(s, "/new").equals("private"), "/new is " + type(s, "/new"));
  }

  @Claim(
      id = "ended-namespace-leaves-peer-group",
      section = "DESCRIPTION",
      says = "The mounts of a namespace that ended are no longer members of their peer groups",
      catches = "a kernel that keeps them")
  void namespaceEndLeaves(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.exit();
    s.propagation("/new", MS_SLAVE);
    stage.check(type(s, "/new").equals("private"), "/new is " + type(s, "/new"));
  }

  @Claim(
      id = "make-private-recursive",
      section = "NOTES",
      says = "MS_REC with MS_PRIVATE makes every mount below private too; without it, one mount",
      catches = "a kernel that ignores MS_REC, or always acts as if it were given")
  void recursive(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.propagation("/", MS_REC, MS_SHARED).succeeds();
    for (String each : List.of("/", "/new", "/new/old")) {
      stage.check(type(s, each).equals("shared"), each + " is " + type(s, each));
    }
    s.propagation("/new", MS_PRIVATE).succeeds();
    stage.check(type(s, "/").equals("shared"), "the change went upwards");
    stage.check(type(s, "/new").equals("private"), "/new is " + type(s, "/new"));
    stage.check(type(s, "/new/old").equals("shared"), "the change went downwards");
    s.propagation("/", MS_REC, MS_PRIVATE).succeeds();
    for (String each : List.of("/", "/new", "/new/old")) {
      stage.check(type(s, each).equals("private"), each + " is " + type(s, each));
    }
  }

  @Claim(
      id = "propagation-of-directory-einval",
      section = "DESCRIPTION",
      says = "The propagation type is a setting of a mount: a mere directory has none, EINVAL",
      catches = "a kernel that changes the mount which the directory is in",
      editions = "none")
  void ofDirectory(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new/old", MS_SHARED).fails(EINVAL);
    s.bind("/new/old", "/new/old");
    s.propagation("/new/old", MS_SHARED).succeeds();
    stage.check(type(s, "/new").equals("private"), "/new is " + type(s, "/new"));
  }

  @Claim(
      id = "two-propagation-types-einval",
      section = "DESCRIPTION",
      says = "A mount has one of the types: two of them in one call are EINVAL",
      catches = "a kernel that obeys the first")
  void twoTypes(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED, MS_SLAVE).fails(EINVAL);
    s.propagation("/new", MS_PRIVATE, MS_UNBINDABLE).fails(EINVAL);
    s.propagation("/new", MS_SHARED).succeeds();
  }

  @Claim(
      id = "unbindable-refuses-bind",
      section = "DESCRIPTION",
      says = "An unbindable mount cannot be bind mounted",
      catches = "a kernel in which unbindable is a mere word for private")
  void unbindable(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_UNBINDABLE);
    s.bind("/new", "/place").fails(EINVAL);
    s.bind("/new/old", "/place").fails(EINVAL);
    s.mount("/new", "/place", "", MS_BIND, MS_REC).fails(EINVAL);
    s.propagation("/new", MS_PRIVATE);
    s.bind("/new", "/place").succeeds();
  }

  @Claim(
      id = "recursive-bind-prunes-unbindable",
      section = "DESCRIPTION",
      says = "A recursive bind mount leaves unbindable mounts below it out, and what is on them",
      catches = "a kernel that refuses the whole, or replicates them")
  void prunes(Stage stage) {
    Task s = stage.task("S");
    for (String each : List.of("/place", "/new/kept", "/new/pruned")) {
      s.mkdir(each);
    }
    s.mountTmpfs("/new/kept");
    s.mountTmpfs("/new/pruned");
    s.mkdir("/new/pruned/deep");
    s.mountTmpfs("/new/pruned/deep");
    s.propagation("/new/pruned", MS_UNBINDABLE);
    s.mount("/new", "/place", "", MS_BIND, MS_REC).succeeds();
    stage.check(s.mounts().value().at("/place").isPresent(), "/place is not mounted");
    stage.check(s.mounts().value().at("/place/kept").isPresent(), "/place/kept is missing");
    stage.check(s.mounts().value().at("/place/pruned").isEmpty(), "/place/pruned is there");
    stage.check(s.mounts().value().at("/place/pruned/deep").isEmpty(), "what is on it is there");
  }

  /** The types of bind mounts from a source of each type to a place in a mount. */
  private static void binds(Stage stage, String destination, List<String> expected) {
    Task s = stage.task("S");
    make(s, destination, "/to");
    List<String> sources = List.of("shared", "private", "slave");
    for (int i = 0; i < sources.size(); i++) {
      String source = "/" + sources.get(i);
      String target = "/to/" + sources.get(i);
      make(s, sources.get(i), source);
      s.mkdir(target);
      s.bind(source, target).succeeds();
      String became = type(s, target);
      stage.check(became.equals(expected.get(i)), sources.get(i) + " became " + became);
      stage.check(
          tags(s, target).stream().filter(tag -> tags(s, source).contains(tag)).count()
              == tags(s, source).size(),
          "the copy of " + source + " has " + tags(s, target) + ", it " + tags(s, source));
    }
    make(s, "unbindable", "/unbindable");
    s.mkdir("/to/unbindable");
    s.bind("/unbindable", "/to/unbindable").fails(EINVAL);
  }

  @Claim(
      id = "bind-onto-shared",
      section = "DESCRIPTION",
      says =
          "Bound onto a shared mount, a private mount becomes shared, a slave both, a shared one"
              + " stays, an unbindable one is refused",
      catches = "a kernel that lets the source alone, or the destination alone, decide")
  void bindOntoShared(Stage stage) {
    binds(stage, "shared", List.of("shared", "shared", "slave+shared"));
  }

  @Claim(
      id = "bind-onto-nonshared",
      section = "DESCRIPTION",
      says = "Bound onto a mount that is not shared, a mount keeps its type; unbindable is refused",
      catches = "a kernel in which a bind mount is always private")
  void bindOntoNonshared(Stage stage) {
    binds(stage, "private", List.of("shared", "private", "slave"));
  }

  @Claim(
      id = "mount-semantics-as-private-bind",
      section = "SHARED SUBTREES / Mount semantics",
      says =
          "A new mount gets the type, and appears in the mounts, that a bind of a private mount to"
              + " the same place would",
      catches = "a kernel in which mount(2) of a device propagates differently from a bind")
  void mountAsPrivateBind(Stage stage) {
    Task s = stage.task("S");
    make(s, "private", "/source");
    for (String to : List.of("shared", "slave+shared", "slave", "private", "unbindable")) {
      String point = "/" + to;
      make(s, to, point);
      s.mkdir(point + "/bound");
      s.mkdir(point + "/mounted");
      s.bind("/source", point + "/bound").succeeds();
      s.mountTmpfs(point + "/mounted").succeeds();
      String bound = type(s, point + "/bound");
      String mounted = type(s, point + "/mounted");
      boolean shared = to.equals("shared") || to.equals("slave+shared");
      stage.check(bound.equals(shared ? "shared" : "private"), to + " has a bind mount " + bound);
      stage.check(mounted.equals(bound), to + " has a mount " + mounted);
      for (String each : List.of("/bound", "/mounted")) {
        boolean atPeer = s.mounts().value().at(point + "-peer" + each).isPresent();
        stage.check(atPeer == to.equals("shared"), "in the peer of " + to + each + ": " + atPeer);
      }
    }
  }

  /** The types of mounts of each type moved to a place in a mount. */
  private static void moves(
      Stage stage, String destination, List<String> sources, List<String> expected) {
    Task s = stage.task("S");
    make(s, destination, "/to");
    for (int i = 0; i < sources.size(); i++) {
      String source = "/" + sources.get(i);
      String target = "/to/" + sources.get(i);
      make(s, sources.get(i), source);
      s.mkdir(target);
      long id = s.stat(source).value().mount();
      s.move(source, target).succeeds();
      String became = type(s, target);
      stage.check(became.equals(expected.get(i)), sources.get(i) + " became " + became);
      stage.check(s.stat(target).value().mount() == id, "the mount was replaced, not moved");
    }
  }

  @Claim(
      id = "move-onto-shared",
      section = "DESCRIPTION",
      says = "Moved onto a shared mount, a private mount becomes shared, a slave both",
      catches = "a kernel in which a move never changes the type")
  void moveOntoShared(Stage stage) {
    moves(
        stage,
        "shared",
        List.of("shared", "private", "slave"),
        List.of("shared", "shared", "slave+shared"));
  }

  @Claim(
      id = "move-onto-nonshared",
      section = "DESCRIPTION",
      says = "Moved onto a mount that is not shared, a mount keeps its type, unbindable included",
      catches = "a kernel in which a move makes the mount private")
  void moveOntoNonshared(Stage stage) {
    List<String> types = List.of("shared", "private", "slave", "unbindable");
    moves(stage, "private", types, types);
  }

  @Claim(
      id = "move-unbindable-onto-shared-einval",
      section = "DESCRIPTION",
      says = "An unbindable mount, or one with such a mount in it, cannot go onto a shared mount",
      catches = "a kernel that checks bind mounts only")
  void moveUnbindable(Stage stage) {
    Task s = stage.task("S");
    make(s, "shared", "/to");
    s.mkdir("/to/place");
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MS_UNBINDABLE);
    s.move("/new/old", "/to/place").fails(EINVAL);
    s.move("/new", "/to/place").fails(EINVAL);
    s.propagation("/new/old", MS_PRIVATE);
    s.move("/new", "/to/place").succeeds();
  }

  @Claim(
      id = "move-from-shared-einval",
      section = "DESCRIPTION",
      says = "A mount that is mounted on a shared mount cannot be moved",
      catches = "a kernel that moves it here and leaves it there on the peers")
  void moveFromShared(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/new", MS_SHARED);
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MS_PRIVATE);
    s.move("/new/old", "/place").fails(EINVAL);
    s.propagation("/new", MS_PRIVATE);
    s.move("/new/old", "/place").succeeds();
  }
}
