package org.pivotroot.tck.suites.fanotify7;

import static org.pivotroot.tck.model.call.MountEvent.attached;
import static org.pivotroot.tck.model.call.MountEvent.detached;
import static org.pivotroot.tck.model.call.MountEvent.moved;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;
import static org.pivotroot.tck.model.call.UmountFlag.MNT_DETACH;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.Value.Descriptor;

/** What somebody is told who watches a mount namespace: each change once, and nothing else. */
@Page("fanotify(7)")
@Needs(Feature.MOUNT_EVENTS)
class MountEventClaims {
  @Claim(
      id = "mount-events-of-pivot-root",
      section = "mount events",
      editions = "none",
      says = "pivot_root(2) moves two mounts: the old root is told of first, then new_root",
      catches = "a kernel that tells nothing, tells of other mounts, or tells it as an unmount",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void pivotRoot(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    long root = s.uniqueMountOf("/").value();
    long newRoot = s.uniqueMountOf("/new").value();
    Watch events = Watch.by(s);
    s.pivotRoot("/new", "/new/old").succeeds();
    events.sees(moved(root), moved(newRoot));
    s.chdir("/");
    s.pivotRoot("/old", "/old/new").succeeds();
    events.sees(moved(newRoot), moved(root));
  }

  @Claim(
      id = "mount-events-of-pivot-root-on-one-place",
      section = "mount events",
      editions = "none",
      says = "pivot_root(\".\", \".\") is told like any other, and the detached root as gone",
      catches = "a kernel that takes two mounts on one place for one",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void pivotRootOnOnePlace(Stage stage) {
    Task s = stage.task("S");
    long newRoot = s.uniqueMountOf("/new").value();
    long root = s.uniqueMountOf("/").value();
    Watch events = Watch.by(s);
    s.chdir("/new");
    s.pivotRoot(".", ".").succeeds();
    events.sees(moved(root), moved(newRoot));
    s.umount(".", MNT_DETACH).succeeds();
    List<MountEvent> gone = events.seen();
    stage.check(gone.get(0).equals(detached(root)), "the old root is not the first that went");
    stage.check(
        gone.stream().allMatch(event -> event.equals(detached(event.mount()))),
        "something else than unmounts is told");
    stage.check(
        gone.stream().noneMatch(event -> event.mount() == newRoot), "the new root is among them");
    events.sees();
  }

  @Claim(
      id = "mount-events-of-mount-and-umount",
      section = "mount events",
      editions = "none",
      says = "A mount is one attachment and its unmount one detachment, of the same ID",
      catches = "a kernel that tells the mount below, twice, or by the ID that is used again",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void mountAndUmount(Stage stage) {
    Task s = stage.task("S");
    Watch events = Watch.by(s);
    s.mountTmpfs("/new/old").succeeds();
    long lower = s.uniqueMountOf("/new/old").value();
    events.sees(attached(lower));
    s.mountTmpfs("/new/old").succeeds();
    long upper = s.uniqueMountOf("/new/old").value();
    events.sees(attached(upper));
    s.umount("/new/old").succeeds();
    events.sees(detached(upper));
    s.umount("/new/old").succeeds();
    events.sees(detached(lower));
  }

  @Claim(
      id = "mount-events-of-a-tree",
      section = "mount events",
      editions = "none",
      says = "A tree that is bound or detached is told mount by mount, each below its parent",
      catches = "a kernel that tells of the top alone",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void tree(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/in");
    s.mkdir("/copy");
    Watch events = Watch.by(s);
    s.bind("/new", "/copy", MS_REC).succeeds();
    long top = s.uniqueMountOf("/copy").value();
    long middle = s.uniqueMountOf("/copy/old").value();
    long bottom = s.uniqueMountOf("/copy/old/in").value();
    events.sees(attached(top), attached(middle), attached(bottom));
    s.umount("/copy", MNT_DETACH).succeeds();
    events.sees(detached(top), detached(middle), detached(bottom));
  }

  @Claim(
      id = "mount-events-of-a-move",
      section = "mount events",
      editions = "none",
      says = "A moved mount is told once, as attached and detached, and what lies on it is not",
      catches = "a kernel that tells a move as two mounts, or of each mount that came along",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void move(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/place");
    long mount = s.uniqueMountOf("/new").value();
    Watch events = Watch.by(s);
    s.move("/new", "/place").succeeds();
    events.sees(moved(mount));
    s.moveMount("/place", "/new").succeeds();
    events.sees(moved(mount));
    s.uniqueMountOf("/new").is(mount);
  }

  @Claim(
      id = "mount-events-of-receivers",
      section = "mount events",
      editions = "none",
      says = "Each receiver is told in its own namespace, one attachment and one detachment each",
      catches = "a kernel that tells the mount that was made alone, or both in both",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void receivers(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.mkdir("/copy");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    r.propagation("/new", MS_SLAVE);
    s.bind("/new", "/copy");
    Watch inS = Watch.by(s);
    Watch inQ = Watch.by(q);
    Watch inR = Watch.by(r);
    s.mountTmpfs("/new/a").succeeds();
    long made = s.uniqueMountOf("/new/a").value();
    long received = s.uniqueMountOf("/copy/a").value();
    inS.sees(attached(made), attached(received));
    long peer = q.uniqueMountOf("/new/a").value();
    inQ.sees(attached(peer));
    long slave = r.uniqueMountOf("/new/a").value();
    inR.sees(attached(slave));
    r.umount("/new/a").succeeds();
    inR.sees(detached(slave));
    inS.sees();
    s.umount("/new/a").succeeds();
    inS.sees(detached(made), detached(received));
    inQ.sees(detached(peer));
    inR.sees();
  }

  @Claim(
      id = "mount-events-of-failed-calls",
      section = "mount events",
      editions = "none",
      says = "A call that fails tells nothing",
      catches = "a kernel that tells before it has checked, or does and undoes",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void failed(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/in");
    Task p = stage.task("P");
    p.chdir("/new");
    Watch events = Watch.by(s);
    s.pivotRoot("/new", "/place").fails(Errno.EBUSY);
    s.pivotRoot("/new/in", "/new/old").fails(Errno.EINVAL);
    s.pivotRoot("/new", "/none").fails(Errno.ENOENT);
    s.mount("none", "/place", "no-such-type").fails(Errno.ENODEV);
    s.bind("/none", "/place").fails(Errno.ENOENT);
    s.umount("/new").fails(Errno.EBUSY);
    s.umount("/place").fails(Errno.EINVAL);
    s.move("/new", "/new/in").fails(Errno.ELOOP);
    s.propagation("/new", MS_UNBINDABLE);
    s.bind("/new", "/place").fails(Errno.EINVAL);
    events.sees();
    s.mountTmpfs("/place").succeeds();
    events.sees(attached(s.uniqueMountOf("/place").value()));
  }

  @Claim(
      id = "mount-events-of-another-namespace",
      section = "mount events",
      editions = "none",
      says = "Who watches a namespace is told nothing of another, nor of its making and its end",
      catches = "a kernel that tells whoever watches any namespace",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void otherNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Watch inS = Watch.by(s);
    Task q = stage.taskInOtherNamespace("Q");
    Watch inQ = Watch.by(q);
    q.mountTmpfs("/place").succeeds();
    inQ.sees(attached(q.uniqueMountOf("/place").value()));
    q.pivotRoot("/new", "/new/old").succeeds();
    s.mountTmpfs("/place").succeeds();
    inS.sees(attached(s.uniqueMountOf("/place").value()));
    q.exit();
    inS.sees();
  }

  @Claim(
      id = "mount-events-of-the-end-of-a-namespace",
      section = "mount events",
      editions = "none",
      says = "A namespace that ends tells who watches it that each of its mounts is gone",
      catches = "a kernel in which a namespace goes without a word",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void endOfNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new/old");
    Watch events = new Watch(s, Watch.by(q).events());
    List<Long> mounts =
        List.of(
            q.uniqueMountOf("/").value(),
            q.uniqueMountOf("/new").value(),
            q.uniqueMountOf("/new/old").value());
    events.sees();
    q.exit();
    List<MountEvent> gone = events.seen();
    stage.check(
        gone.stream().allMatch(event -> event.equals(detached(event.mount()))),
        "something else than unmounts is told");
    stage.check(
        gone.stream().map(MountEvent::mount).filter(mounts::contains).toList().equals(mounts),
        "not each of its mounts is told once, or one before what it lies on");
  }

  @Claim(
      id = "mount-events-of-detached-trees",
      section = "mount events",
      editions = "none",
      says = "A tree is told of when it is attached, mount by mount, and not while it is detached",
      catches = "a kernel that tells of mounts that are in no namespace that is watched",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void detachedTree(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/place");
    Watch events = Watch.by(s);
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AtFlag.AT_RECURSIVE).value();
    Descriptor unused = s.newDetachedTmpfs();
    s.close(unused);
    events.sees();
    s.moveMount(tree, "/place").succeeds();
    long top = s.uniqueMountOf("/place").value();
    long lower = s.uniqueMountOf("/place/old").value();
    events.sees(attached(top), attached(lower));
    s.close(tree);
    events.sees();
  }

  @Claim(
      id = "mount-events-of-a-mount-that-slides-down",
      section = "mount events",
      editions = "none",
      says = "A mount that takes the place of what lay beneath it and went is told as moved",
      catches = "a kernel that leaves those who watch with a parent that is gone",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void slidesDown(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/a");
    s.propagation("/new", MS_SHARED);
    Task q = stage.taskInOtherNamespace("Q");
    q.propagation("/new", MS_SLAVE);
    q.mountTmpfs("/new/a");
    long own = q.uniqueMountOf("/new/a").value();
    Watch events = Watch.by(q);
    s.mountTmpfs("/new/a").succeeds();
    q.uniqueMountOf("/new/a").is(own);
    List<MountEvent> arrival = events.seen();
    long received = arrival.get(0).mount();
    stage.check(arrival.equals(List.of(attached(received))), "the arrival is told otherwise");
    s.umount("/new/a").succeeds();
    events.sees(moved(own), detached(received));
  }
}
