package org.pivotroot.tck.model.specification.rule;

import java.util.Optional;

/** A change between kernel versions that calls let see. */
public enum Switch {
  PERMISSION_AFTER_LOOKUP(
      "7.0", null, "pivot_root(2) looks both paths up before it asks for CAP_SYS_ADMIN"),
  LOCK_NEEDS_MOUNTED(
      "6.12",
      null,
      "what is to be mounted on must be attached to a namespace, or else it is ENOENT; seen between"
          + " 6.1 and 6.12"),
  NULLFS(
      "7.0",
      null,
      "the root of a namespace is an immutable empty nullfs, and the rootfs is mounted on it"),
  ROOT_LOCKED(null, "6.17", "the mount at the root of a namespace is locked"),
  UNBINDABLE_LOST(
      "6.17",
      "7.2.11",
      "copies of unbindable mounts in a new namespace are private; from the rewrite of propagation"
          + " of June 2025 until within 7.2.x: 7.2.7 has it, 7.2.13 has not"),
  UMOUNT_IN_SETS(
      "6.17",
      null,
      "rewrite of propagate_umount(), June 2025 (Documentation/filesystems/propagate_umount.txt)"),
  BUSY_EXACT(
      "7.2.11",
      null,
      "umount2(2) looks for users of exactly the mounts that would be unmounted with it"),
  BENEATH("6.5", null, "MOVE_MOUNT_BENEATH"),
  BENEATH_LOCKED(
      "6.5",
      "7.1",
      "MOVE_MOUNT_BENEATH does not go beneath locked mounts, the caller's root, or what is on the"
          + " root of the namespace"),
  TUCK_LOCKS_COPY(
      "7.1", null, "what is put beneath a locked mount is locked in its stead, which is unlocked"),
  TUCK_KEEPS_LOCK(
      "7.2.11", null, "a locked mount that a propagated copy is put beneath stays locked too"),
  TUCK_ON_TOP(
      "6.17",
      null,
      "a mount beneath which a propagated copy is put goes on the top of what covers the copy's"
          + " root"),
  ANONYMOUS_SOURCE("6.15", null, "open_tree(2) and bind mounts take from anonymous namespaces"),
  ANONYMOUS_PASSES_ON(
      "6.15",
      null,
      "mount events reach the slaves of a mount in an anonymous namespace; before, a slave of a peer"
          + " group gets none if its master happens to be the member that open_tree(2) has copied"),
  ANONYMOUS_TARGET("6.15", null, "mounts can be moved to anonymous namespaces"),
  SET_GROUP_REFUSES_UNBINDABLE(
      "7.2.11", null, "MOVE_MOUNT_SET_GROUP does not make a member of an unbindable mount"),
  MOUNT_SETATTR("5.12", null, "mount_setattr(2)"),
  MOVE_TARGET_FIRST("6.15", null, "move_mount(2) looks the target up before the source"),
  MOVE_SOURCE_FIRST(
      "6.18", null, "moving finds fault with the source before it finds the target removed"),
  SLOTS(
      "7.3",
      null,
      "what would stay attached to an unmounted mount is taken off, and a nullfs covers its place"),
  NULLFS_STAYS_WRITABLE(
      "7.2.11",
      null,
      "a nullfs cannot be remounted, and so umount2(2) without MNT_DETACH of a root that is one"
          + " fails; before, that made it read-only for the whole system"),
  BIND_ELSEWHERE_IS_NOTHING(
      "6.17",
      "6.18",
      "a bind mount onto a place of another namespace says success and mounts nothing"),
  BENEATH_NOTHING_FIRST(
      "6.17",
      "6.18",
      "MOVE_MOUNT_BENEATH finds that what it is to go beneath is on nothing before it finds that it"
          + " is not mounted, EINVAL instead of ENOENT (do_lock_mount())"),
  EMPTY_NAMESPACE("7.1", null, "UNSHARE_EMPTY_MNTNS and CLONE_EMPTY_MNTNS");

  private final String since;
  private final String until;
  private final String says;

  Switch(String since, String until, String says) {
    this.since = since;
    this.until = until;
    this.says = says;
  }

  /** The first version with it; none if all older ones have it. */
  public Optional<String> since() {
    return Optional.ofNullable(since);
  }

  /** The first version without it again. */
  public Optional<String> until() {
    return Optional.ofNullable(until);
  }

  /** What is so where it is on. */
  public String says() {
    return says;
  }
}
