package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.MountAt;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;

/** Propagation types: how mounts come by them and how they change. */
@Page("mount_namespaces(7)")
class PropagationTypeClaims {

  @Claim(
      id = "lone-shared-made-slave-is-private",
      section = "DESCRIPTION",
      says = "A shared mount that is alone in its peer group becomes private when made slave",
      catches = "a kernel that makes a slave of an empty peer group")
  void loneShared(Stage stage) {
    Task s = stage.task("S");
    s.propagation("/new", MS_SHARED);
    s.mountAt("/new").isShared();
    s.propagation("/new", MS_SLAVE).succeeds();
    s.mountAt("/new").isPrivate();
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
    MountAt peer = s.mountAt("/new").isShared();
    q.propagation("/new", MS_SLAVE);
    q.mountAt("/new").isSlave().isSlaveOf(peer);
    s.mountAt("/new").isShared().isPeerOf(peer);
  }

  @Claim(
      id = "default-propagation-inherited",
      section = "NOTES",
      says = "A new mount is shared if its parent is, and private if its parent is anything else",
      catches = "a kernel in which new mounts are always private, or take over any type")
  void defaultPropagation(Stage stage) {
    Task s = stage.task("S");
    for (String parent : List.of("shared", "slave", "slave+shared", "private", "unbindable")) {
      if (parent.equals("unbindable") && !stage.has(Feature.UNBINDABLE_MOUNTS)) {
        continue;
      }
      String point = "/" + parent;
      s.newTmpfsOfType(parent, point);
      s.mkdir(point + "/child");
      s.mountTmpfs(point + "/child").succeeds();
      s.mountAt(point + "/child").isType(parent.endsWith("shared") ? "shared" : "private");
    }
  }

  @Claim(
      id = "private-without-tags",
      section = "DESCRIPTION",
      says = "A mount without any of the tags in mountinfo is private",
      catches = "a kernel that hides tags: what has none neither sends nor can be a master")
  void privateWithoutTags(Stage stage) {
    Task s = stage.task("S");
    s.mountAt("/new").isPrivate();
    Task q = stage.taskInOtherNamespace("Q");
    q.mountAt("/new").isPrivate();
    s.mountTmpfs("/new/old").succeeds();
    q.mountAt("/new/old").isAbsent();
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
    s.mountAt("/place").isShared().isPeerOf(s.mountAt("/new").isShared());
    s.mkdir("/new/old/sub");
    s.mountTmpfs("/new/old/sub").succeeds();
    s.mountAt("/place/sub").isThere();
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
    q.mountAt("/new").isShared().isPeerOf(s.mountAt("/new").isShared());
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
    s.mountAt("/new/old")
        .isShared()
        .isPeerOf(q.mountAt("/new/old").isShared())
        .isNoPeerOf(s.mountAt("/new"));
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
    s.mountAt("/new").isShared().isNoPeerOf(s.mountAt("/place").isShared());
    s.mountTmpfs("/new/old").succeeds();
    s.mountAt("/place/old").isAbsent();
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
    s.mountAt("/new").isPrivate();
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
    s.mountAt("/new").isPrivate();
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
    s.drawing()
        .is(
            """
            / shared:A
              /new shared:B
                /new/old shared:C""");
    s.propagation("/new", MS_PRIVATE).succeeds();
    s.drawing()
        .is(
            """
            / shared:A
              /new
                /new/old shared:B""");
    s.propagation("/", MS_REC, MS_PRIVATE).succeeds();
    s.drawing()
        .is(
            """
            /
              /new
                /new/old""");
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
    s.mountAt("/new").isPrivate();
  }

  @Claim(
      id = "two-propagation-types-einval",
      section = "DESCRIPTION",
      says = "A mount has one of the types: two of them in one call are EINVAL",
      catches = "a kernel that obeys the first")
  void twoTypes(Stage stage) {
    Task s = stage.task("S");
    List<MountFlag> types =
        stage.has(Feature.UNBINDABLE_MOUNTS)
            ? List.of(MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE)
            : List.of(MS_SHARED, MS_SLAVE, MS_PRIVATE);
    for (MountFlag one : types) {
      for (MountFlag other : types) {
        if (one != other) {
          s.propagation("/new", one, other).fails(EINVAL);
          s.propagation("/new", one, other, MS_REC).fails(EINVAL);
        }
      }
    }
    for (MountFlag one : types) {
      s.propagation("/new", one).succeeds();
    }
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
    s.newTmpfs("/new/pruned/deep");
    s.propagation("/new/pruned", MS_UNBINDABLE);
    s.mount("/new", "/place", "", MS_BIND, MS_REC).succeeds();
    s.drawing()
        .is(
            """
            /
              /new
                /new/kept
                /new/pruned unbindable
                  /new/pruned/deep
              /place
                /place/kept""");
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
    s.newTmpfsOfType("private", "/source");
    for (String to : List.of("shared", "slave+shared", "slave", "private", "unbindable")) {
      String point = "/" + to;
      s.newTmpfsOfType(to, point);
      s.mkdir(point + "/bound");
      s.mkdir(point + "/mounted");
      s.bind("/source", point + "/bound").succeeds();
      s.mountTmpfs(point + "/mounted").succeeds();
      for (String each : List.of("/bound", "/mounted")) {
        s.mountAt(point + each).isType(to.endsWith("shared") ? "shared" : "private");
        MountAt atPeer = s.mountAt(point + "-peer" + each);
        if (to.equals("shared")) {
          atPeer.isPeerOf(s.mountAt(point + each));
        } else {
          atPeer.isAbsent();
        }
      }
    }
  }

  @Claim(
      id = "move-unbindable-onto-shared-einval",
      section = "DESCRIPTION",
      says = "An unbindable mount, or one with such a mount in it, cannot go onto a shared mount",
      catches = "a kernel that checks bind mounts only")
  void moveUnbindable(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfsOfType("shared", "/to");
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
