package org.pivotroot.tck.harness.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;

/**
 * Something that a target may lack, or not show, and that claims ask for. Whether it is there is
 * found out by {@link Probe}.
 */
public enum Feature {
  /** STATX_MNT_ID, by which statx(2) tells the mount. */
  MOUNT_IDS("mount IDs in statx(2)"),
  /** Peer groups of mountinfo. */
  PROPAGATION_TAGS("propagation in mountinfo"),
  /** What mountinfo tells of the source. */
  MOUNT_SOURCES("mount sources in mountinfo"),
  /** Links in /proc that lead where another task stands. */
  PLACES_OF_OTHERS("/proc/PID/root and cwd of other tasks"),
  /** setns(2) into a mount namespace by its file. */
  MOUNT_NAMESPACE_FILES("entering mount namespaces by their files"),
  /** setns(2) into a user namespace by its file. */
  USER_NAMESPACE_FILES("entering user namespaces by their files"),
  /** ioctl(2) NS_GET_USERNS. */
  NAMESPACE_OWNERS("owners of namespaces"),
  /** IN_UNMOUNT of inotify(7). */
  UNMOUNT_EVENTS("IN_UNMOUNT"),
  /** mount(2) with MS_MOVE. */
  MOVING("MS_MOVE", MountFlag.MS_MOVE),
  /** mount(2) with MS_UNBINDABLE. */
  UNBINDABLE_MOUNTS("MS_UNBINDABLE", MountFlag.MS_UNBINDABLE),
  /** umount2(2) with MNT_EXPIRE. */
  EXPIRY("MNT_EXPIRE", UmountFlag.MNT_EXPIRE),
  /** umount2(2) with MNT_FORCE. */
  FORCED_UNMOUNT("MNT_FORCE", UmountFlag.MNT_FORCE),
  /** open_tree(2), and move_mount(2) of what it opens. */
  DETACHED_TREES("open_tree(2)"),
  /** fsopen(2), fsconfig(2) and fsmount(2). */
  MOUNTS_IN_STEPS("fsopen(2)"),
  /** pidfd_open(2). */
  PIDFDS("pidfd_open(2)"),
  /** openat2(2), and that it heeds its flags. */
  OPENAT2("openat2(2)"),
  /** A file system. */
  RAMFS("ramfs"),
  /** A file system. */
  HUGETLBFS("hugetlbfs"),
  /** A file system. */
  CGROUP2("cgroup2"),
  /** A file system, which Debian's kernels have as a module. */
  OVERLAYFS("overlay", true),
  /** A file system of disks, and the device that makes one of a file; modules, too. */
  EXT4("ext4 on a loop device", true),
  /** A file system of disks, and the device that makes one of a file; modules, too. */
  BTRFS("btrfs on a loop device", true),
  /** listmount(2). */
  LISTMOUNT("listmount(2)", "6.8"),
  /** mount_setattr(2) with MOUNT_ATTR_IDMAP, of a tmpfs. */
  IDMAPPED_MOUNTS("ID-mapped mounts of tmpfs", "6.3"),
  /** fanotify(7) with FAN_REPORT_MNT. */
  MOUNT_EVENTS("fanotify(7) of mounts", "6.15"),
  /** unshare(2) with UNSHARE_EMPTY_MNTNS. */
  EMPTY_MOUNT_NAMESPACES("UNSHARE_EMPTY_MNTNS", "7.1");

  private static final Set<Callee> IN_STEPS =
      Set.of(Syscall.FSOPEN, Syscall.FSCONFIG, Syscall.FSMOUNT, Syscall.FSPICK);

  private final String word;
  private final Flag flag;
  private final String since;
  private final boolean optional;

  Feature(String word) {
    this(word, null, null, false);
  }

  Feature(String word, Flag flag) {
    this(word, flag, null, false);
  }

  Feature(String word, String since) {
    this(word, null, since, false);
  }

  Feature(String word, boolean optional) {
    this(word, null, null, optional);
  }

  Feature(String word, Flag flag, String since, boolean optional) {
    this.word = word;
    this.flag = flag;
    this.since = since;
    this.optional = optional;
  }

  /** What is lacking where it is not there. */
  public String word() {
    return word;
  }

  /** The name in claims' ids. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The feature with a name in claims' ids. */
  public static Feature withId(String id) {
    return Stream.of(values()).filter(feature -> feature.id().equals(id)).findFirst().orElseThrow();
  }

  /** The first series of Linux that has it; empty if all of the catalogue have it. */
  public Optional<String> since() {
    return Optional.ofNullable(since);
  }

  /** Whether a kernel of any version may be made without it. */
  public boolean isOptional() {
    return optional;
  }

  /** What a call cannot do without, among what is lacking. */
  static Optional<Feature> lackingFor(Call call, Set<Feature> lacking) {
    return lacking.isEmpty()
        ? Optional.empty()
        : neededBy(call).stream().filter(lacking::contains).findFirst();
  }

  private static Set<Feature> neededBy(Call call) {
    Set<Feature> needed = EnumSet.noneOf(Feature.class);
    if (call.callee() == Syscall.OPEN_TREE || call.callee() == Syscall.MOVE_MOUNT) {
      needed.add(DETACHED_TREES);
    } else if (IN_STEPS.contains(call.callee())) {
      needed.add(MOUNTS_IN_STEPS);
    } else if (call.callee() == Syscall.PIDFD_OPEN) {
      needed.add(PIDFDS);
    } else if (call.callee() == Syscall.OPENAT2) {
      needed.add(OPENAT2);
    } else if (call.callee() == Syscall.FANOTIFY_INIT) {
      needed.add(MOUNT_EVENTS);
    } else if (call.callee() == Syscall.IOCTL) {
      needed.add(NAMESPACE_OWNERS);
    }
    for (Feature feature : values()) {
      if (feature.flag != null && call.arguments().stream().anyMatch(feature::isAskedBy)) {
        needed.add(feature);
      }
    }
    return needed;
  }

  private boolean isAskedBy(Value argument) {
    return argument instanceof Value.Flags flags && flags.flags().contains(flag);
  }
}
