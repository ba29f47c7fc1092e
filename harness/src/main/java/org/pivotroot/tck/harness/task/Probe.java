package org.pivotroot.tck.harness.task;

import java.util.List;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.FanotifyEvent;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/**
 * Finds out whether a target has a {@link Feature}: by doing it, and by what comes of it, as a flag
 * that is taken and ignored is not supported. Contradicts what is claimed where the target lacks
 * it.
 */
public final class Probe {
  private static final Ran DONE = new Ran(0, "", "");

  private final Stage stage;
  private final Task s;

  private Probe(Stage stage) {
    this.stage = stage;
    this.s = stage.task("S");
  }

  /**
   * Tries a feature, on a stage that has no task yet.
   *
   * @throws ContradictionException if it is not there
   */
  public static void tryOn(Stage stage, Feature feature) {
    stage.tryAnything();
    new Probe(stage).run(feature);
  }

  private void run(Feature feature) {
    switch (feature) {
      case MOUNT_IDS -> mountIds();
      case PROPAGATION_TAGS -> propagationTags();
      case MOUNT_SOURCES -> mountSources();
      case PLACES_OF_OTHERS -> placesOfOthers();
      case MOUNT_NAMESPACE_FILES -> mountNamespaceFiles();
      case USER_NAMESPACE_FILES -> userNamespaceFiles();
      case NAMESPACE_OWNERS -> namespaceOwners();
      case UNMOUNT_EVENTS -> unmountEvents();
      case MOVING -> moving();
      case UNBINDABLE_MOUNTS -> unbindableMounts();
      case EXPIRY -> expiry();
      case FORCED_UNMOUNT -> s.umount("/new", UmountFlag.MNT_FORCE).succeeds();
      case DETACHED_TREES -> detachedTrees();
      case MOUNTS_IN_STEPS -> mountsInSteps();
      case PIDFDS -> s.pidfdOpen(s.process("P")).succeeds();
      case OPENAT2 -> openat2();
      case RAMFS, HUGETLBFS, CGROUP2 -> fileSystem(feature.word());
      case OVERLAYFS -> overlayfs();
      case EXT4 -> disk("ext4");
      case BTRFS -> disk("btrfs");
      case LISTMOUNT -> listmount();
      case IDMAPPED_MOUNTS -> idmappedMounts();
      case MOUNT_EVENTS -> mountEvents();
      case EMPTY_MOUNT_NAMESPACES -> emptyMountNamespaces();
    }
    stage.finish();
  }

  private void mountIds() {
    FileId file = s.stat("/new/old").value();
    stage.check(file.mount() != FileId.UNKNOWN, "statx(2) tells no mount ID");
    s.mountAt("/new").isMount(file.mount());
  }

  private void propagationTags() {
    s.mkdir("/slave");
    s.propagation("/new", MountFlag.MS_SHARED).succeeds();
    s.bind("/new", "/slave").succeeds();
    s.mountAt("/slave").isShared().isPeerOf(s.mountAt("/new").isShared());
    s.propagation("/slave", MountFlag.MS_SLAVE).succeeds();
    s.mountAt("/slave").isSlave().isSlaveOf(s.mountAt("/new"));
  }

  private void mountSources() {
    s.mount("there", "/new/old", "tmpfs").succeeds();
    s.run("busybox", "grep", "-c", " - tmpfs there ", "/proc/self/mountinfo")
        .is(new Ran(0, "1", ""));
  }

  private void placesOfOthers() {
    Task p = stage.task("P");
    p.chroot("/new").succeeds();
    p.chdir("/old").succeeds();
    FileId root = s.stat("/new").value();
    FileId cwd = s.stat("/new/old").value();
    stage.check(p.root().value().sameFile(root), "root leads elsewhere");
    stage.check(p.cwd().value().sameFile(cwd), "cwd leads elsewhere");
    stage.check(s.statThroughRootOf(p, "/old").value().sameFile(cwd), "so does what is below it");
  }

  private void mountNamespaceFiles() {
    Task q = stage.taskInOtherNamespace("Q");
    q.newTmpfs("/there");
    Descriptor namespace = q.mountNamespace().succeeds().value();
    q.chroot("/new");
    q.mountInTreeAt("/there").isThere();
    s.mountInTreeAt("/there").isAbsent();
    s.setnsMount(namespace).succeeds();
    s.mountAt("/there").isThere();
  }

  private void userNamespaceFiles() {
    s.createFile("/userns");
    s.run("unshare", "--user=/userns", "--mount", "--propagation", "unchanged", "true").is(DONE);
    s.run("nsenter", "--user=/userns", "--preserve-credentials", "true").is(DONE);
  }

  private void namespaceOwners() {
    Descriptor owner = s.owningUserNamespace(s.mountNamespace().value()).succeeds().value();
    FileId own = s.stat("/proc/thread-self/ns/user").value();
    stage.check(s.stat(owner).value().sameFile(own), "it is owned by somebody else");
  }

  private void unmountEvents() {
    Descriptor inotify = s.inotifyInit().value();
    s.inotifyAddWatch(inotify, "/new/old").succeeds();
    s.umount("/new").succeeds();
    s.inotifyEvents(inotify).is("IN_UNMOUNT IN_IGNORED");
  }

  private void moving() {
    s.mkdir("/place");
    FileId moved = s.stat("/new").value();
    s.move("/new", "/place").succeeds();
    stage.check(s.stat("/place").value().sameFile(moved), "it is not where it was moved to");
    s.mountAt("/new").isAbsent();
  }

  private void unbindableMounts() {
    s.mkdir("/place");
    s.propagation("/new", MountFlag.MS_UNBINDABLE).succeeds();
    s.bind("/new", "/place").fails(Errno.EINVAL);
    s.propagation("/new", MountFlag.MS_PRIVATE).succeeds();
    s.bind("/new", "/place").succeeds();
  }

  private void expiry() {
    s.umount("/new", UmountFlag.MNT_EXPIRE).fails(Errno.EAGAIN);
    s.umount("/new", UmountFlag.MNT_EXPIRE).succeeds();
  }

  private void detachedTrees() {
    s.mkdir("/place");
    FileId tree = s.stat("/new").value();
    Descriptor copy = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE).succeeds().value();
    s.moveMount(copy, "/place").succeeds();
    stage.check(s.stat("/place").value().sameFile(tree), "another tree was attached");
  }

  private void mountsInSteps() {
    Descriptor context = s.fsopen("tmpfs").succeeds().value();
    s.fsconfigCreate(context).succeeds();
    Descriptor mount = s.fsmount(context).succeeds().value();
    FileId top = s.stat(mount).value();
    s.moveMount(mount, "/new").succeeds();
    stage.check(s.stat("/new").value().sameFile(top), "another file system was attached");
  }

  private void openat2() {
    Descriptor directory = s.open("/new", OpenFlag.O_PATH).value();
    s.openat2(directory, "old", ResolveFlag.RESOLVE_BENEATH).succeeds();
    s.openat2(directory, "..", ResolveFlag.RESOLVE_BENEATH).fails(Errno.EXDEV);
  }

  private void fileSystem(String type) {
    s.mount(type, "/new/old", type).succeeds();
    String seen = s.mountAt("/new/old").value().type();
    stage.check(seen.equals(type), () -> "the new mount is " + seen);
  }

  private void overlayfs() {
    for (String directory : List.of("lower", "lower/a", "upper", "work")) {
      s.mkdir("/new/" + directory);
    }
    s.mountOverlay("/new/lower", "/new/upper", "/new/work", "/new/old").succeeds();
    s.stat("/new/old/a").succeeds();
    s.mountAt("/new/old").isFileSystem("overlay");
  }

  private void disk(String type) {
    Disk.mount(s, type, "/image", "/new/old");
    s.mountAt("/new/old").isFileSystem(type);
    s.mkdir("/new/old/made").succeeds();
  }

  private void listmount() {
    s.listmount().is((long) s.tree().value().mounts().size());
  }

  private void idmappedMounts() {
    s.mkdir("/place");
    Descriptor namespace = s.userNamespace("U", "0 7 1");
    Descriptor tree = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE).succeeds().value();
    s.mountSetattr(
            tree,
            "",
            Attributes.idmap(namespace),
            StructType.MOUNT_ATTR.size(),
            AtFlag.AT_EMPTY_PATH)
        .succeeds();
    s.moveMount(tree, "/place").succeeds();
    s.mkdir("/place/made").fails(Errno.EOVERFLOW);
    s.mkdir("/new/made").succeeds();
  }

  private void mountEvents() {
    Descriptor events = s.fanotifyInit().succeeds().value();
    s.fanotifyMark(events, s.mountNamespace().value(), FanotifyEvent.FAN_MNT_ATTACH).succeeds();
    s.mountTmpfs("/new/old");
    long mount = s.uniqueMountOf("/new/old").value();
    s.mountEvents(events).is(new Result.MountsChanged(List.of(MountEvent.attached(mount))));
  }

  private void emptyMountNamespaces() {
    Task p = stage.task("P");
    p.unshare(CloneFlag.UNSHARE_EMPTY_MNTNS).succeeds();
    stage.check(p.tree().value().mounts().size() == 1, "the namespace has other mounts");
  }
}
