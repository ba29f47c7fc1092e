package org.pivotroot.tck.harness.task;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;

/**
 * A mount as a task's claim names it: by its mount point, where it is the topmost if several are
 * stacked there, or by something that is in it. The tables are those of the moment at which the
 * claim names it. What a claim says of it contradicts the claim if it is not so, or if there is no
 * mount at all; the words are those of mount_namespaces(7).
 */
public final class MountAt {
  private final Task task;
  private final Supplier<String> name;
  private final Outcome<MountTable> table;
  private final Function<MountTable, Optional<Mount>> lookup;

  /**
   * Looks at a table when the claim asks for the first time.
   *
   * @param name what the claim calls the mount, for people
   * @param lookup finds it in the table
   */
  MountAt(
      Task task,
      Supplier<String> name,
      Outcome<MountTable> table,
      Function<MountTable, Optional<Mount>> lookup) {
    this.task = task;
    this.name = name;
    this.table = table;
    this.lookup = lookup;
  }

  private Optional<Mount> found() {
    return lookup.apply(table.value());
  }

  /** The mount itself; that there is one is part of the claim. */
  public Mount value() {
    return found().orElseThrow(() -> table.contradiction("where a mount is claimed: " + this));
  }

  private void must(boolean holds, String claimed) {
    if (!holds) {
      throw table.contradiction("where " + this + " is claimed to be " + claimed);
    }
  }

  private MountAt must(Predicate<Mount> holds, String claimed) {
    must(holds.test(value()), claimed);
    return this;
  }

  /** There is a mount. */
  public MountAt isThere() {
    return must(mount -> true, "there");
  }

  /** There is none. */
  public void isAbsent() {
    must(found().isEmpty(), "absent");
  }

  /**
   * It is of this type, and mountinfo names no other group that it receives from (propagate_from).
   *
   * @param type {@code shared}, {@code private}, {@code slave}, {@code slave+shared} or {@code
   *     unbindable}
   */
  public MountAt isType(String type) {
    return must(
        mount -> mount.propagation().type().equals(type) && mount.propagation().from() == 0, type);
  }

  /** What is mounted is a file system of this kind, such as {@code tmpfs}. */
  public MountAt isFileSystem(String kind) {
    return must(mount -> mount.type().equals(kind), "of file system " + kind);
  }

  /** It is shared and no slave. */
  public MountAt isShared() {
    return isType("shared");
  }

  /** It is private. */
  public MountAt isPrivate() {
    return isType("private");
  }

  /** It is a slave and not shared. */
  public MountAt isSlave() {
    return isType("slave");
  }

  /** It is unbindable. */
  public MountAt isUnbindable() {
    return isType("unbindable");
  }

  /** Its options in mountinfo are exactly these, separated by commas, in whatever order. */
  public MountAt hasOptions(String options) {
    return must(
        mount -> Set.of(mount.options().split(",")).equals(Set.of(options.split(","))), options);
  }

  /** Its root is this directory of its file system. */
  public MountAt hasRoot(String directory) {
    return must(mount -> mount.root().equals(directory), "a mount of " + directory);
  }

  /** Both are in one peer group. */
  public MountAt isPeerOf(MountAt other) {
    return must(mount -> arePeers(mount, other.value()), "a peer of " + other);
  }

  /** They are in no common peer group. */
  public MountAt isNoPeerOf(MountAt other) {
    return must(mount -> !arePeers(mount, other.value()), "no peer of " + other);
  }

  private static boolean arePeers(Mount one, Mount other) {
    return one.propagation().shared() != 0
        && one.propagation().shared() == other.propagation().shared();
  }

  /** It receives from the peer group of another. */
  public MountAt isSlaveOf(MountAt other) {
    return must(
        mount ->
            mount.propagation().master() != 0
                && mount.propagation().master() == other.value().propagation().shared(),
        "a slave of " + other);
  }

  /**
   * It is a slave, not shared, of a peer group out of the task's sight, and propagate_from names
   * the nearest in the chain of masters that is not.
   */
  public MountAt isSlaveOf(MountAt master, MountAt nearest) {
    return must(
        mount ->
            mount
                .propagation()
                .equals(
                    new Propagation(
                        0,
                        master.value().propagation().shared(),
                        nearest.value().propagation().shared(),
                        false)),
        "a slave of " + master + " that shows " + nearest);
  }

  /** It has the master that another has. */
  public MountAt hasTheMasterOf(MountAt other) {
    return must(
        mount ->
            mount.propagation().master() != 0
                && mount.propagation().master() == other.value().propagation().master(),
        "a slave of the master of " + other);
  }

  /** It is mounted on another. */
  public MountAt isOn(MountAt other) {
    return must(mount -> mount.isOn(other.value()), "on " + other);
  }

  /** It is mounted on the mount with an ID, which may be out of sight. */
  public MountAt isOn(long id) {
    return must(
        mount -> mount.parent() == Identity.known(id) && mount.id() != id,
        "on the mount that was seen before");
  }

  /** It is the very mount that was seen before. */
  public MountAt isMount(long id) {
    return must(mount -> mount.id() == Identity.known(id), "the same mount as before");
  }

  /**
   * It cannot be unmounted by itself, as it came from a more privileged mount namespace: umount2(2)
   * with MNT_EXPIRE, which unmounts nothing at the first time, is EINVAL. Only for a mount that the
   * task's root is not in.
   */
  public void isLocked() {
    task.umount(value().point(), UmountFlag.MNT_EXPIRE).fails(Errno.EINVAL);
  }

  /** It can be unmounted by itself: the same call finds it busy or marks it. */
  public void isNotLocked() {
    Outcome<Void> marked = task.umount(value().point(), UmountFlag.MNT_EXPIRE);
    if (!marked.failedWith(Errno.EAGAIN) && !marked.failedWith(Errno.EBUSY)) {
      throw marked.contradiction("where a mount that is not locked is claimed");
    }
  }

  @Override
  public String toString() {
    return task.name() + "'s " + name.get();
  }
}
