package org.pivotroot.tck.suites.movemount2;

import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What comes to a shared mount, or goes from one, by move_mount(2). */
@Page("move_mount(2)")
class PropagationClaims {

  @Claim(
      id = "move-mount-from-a-shared-mount",
      section = "ERRORS",
      says = "A mount that is on a shared mount cannot be moved away: EINVAL",
      catches = "a kernel that takes it away here and leaves its copies elsewhere")
  void sharedParent(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.propagation("/", MS_SHARED);
    s.moveMount("/new", "/place").fails(Errno.EINVAL);
    s.propagation("/", MS_PRIVATE);
    s.moveMount("/new", "/place").succeeds();
  }

  @Claim(
      id = "move-mount-unbindable-to-shared",
      section = "ERRORS",
      says = "A tree with an unbindable mount in it cannot go to a shared mount: EINVAL",
      catches = "a kernel that looks at the top of the tree only, or propagates the unbindable one")
  void unbindable(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/shared");
    s.mkdir("/shared/place");
    s.propagation("/shared", MS_SHARED);
    s.mountTmpfs("/new/old");
    s.propagation("/new/old", MS_UNBINDABLE);
    s.moveMount("/new", "/shared/place").fails(Errno.EINVAL);
    s.propagation("/new/old", MS_PRIVATE);
    s.moveMount("/new", "/shared/place").succeeds();
  }

  @Claim(
      id = "move-mount-to-a-shared-mount-propagates",
      section = "DESCRIPTION",
      says =
          "What comes to a shared mount comes to its peers as well, below included; and is shared",
      catches = "a kernel whose move_mount(2) attaches in one place only")
  void propagates(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/shared");
    s.mkdir("/shared/place");
    s.propagation("/shared", MS_SHARED);
    s.mountTmpfs("/new/old");
    FileId moved = s.stat("/new").value();
    FileId below = s.stat("/new/old").value();
    Task q = stage.taskInOtherNamespace("Q");
    s.moveMount("/new", "/shared/place").succeeds();
    s.stat("/shared/place").is(moved);
    q.mountAt("/shared/place").isPeerOf(s.mountAt("/shared/place").isShared());
    q.mountAt("/shared/place/old").isPeerOf(s.mountAt("/shared/place/old").isShared());
    stage.check(q.stat("/shared/place/old").value().sameFile(below), "another file system");
    q.mountAt("/new").isThere();
  }

  @Claim(
      id = "attached-clone-propagates",
      section = "DESCRIPTION",
      says = "A clone attached to a shared mount comes to its peers as well",
      catches = "a kernel that propagates moves within a namespace but no clones")
  void clonePropagates(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/shared");
    s.mkdir("/shared/place");
    s.propagation("/shared", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.moveMount(tree, "/shared/place").succeeds();
    q.mountAt("/shared/place").isPeerOf(s.mountAt("/shared/place").isShared());
  }

  @Claim(
      id = "move-mount-recursively-shared-tree",
      section = "DESCRIPTION",
      says = "On a shared place every mount of the tree becomes shared, each in a group of its own",
      catches = "a kernel that shares the top of the tree only, or makes one group of them all")
  void becomesShared(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/shared");
    s.mkdir("/shared/place");
    s.mountTmpfs("/new/old");
    s.propagation("/", MS_REC, MS_PRIVATE);
    s.propagation("/shared", MS_SHARED);
    s.moveMount("/new", "/shared/place").succeeds();
    s.drawing()
        .is(
            """
            /
              /shared shared:A
                /shared/place shared:B
                  /shared/place/old shared:C""");
  }

  @Claim(
      id = "detached-tree-receives-nothing",
      section = "NOTES",
      editions = "none",
      says =
          "A clone of a shared mount receives nothing while it is attached nowhere, and from then on"
              + " what its peers do",
      catches = "a kernel that mounts where nobody can see or unmount it")
  void receivesNothing(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.mountTmpfs("/new/old").succeeds();
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place").isPeerOf(s.mountAt("/new"));
    s.mountAt("/place/old").isAbsent();
    s.mountTmpfs("/new/a").succeeds();
    s.mountAt("/place/a").isPeerOf(s.mountAt("/new/a"));
  }
}
