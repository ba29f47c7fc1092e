package org.pivotroot.tck.model.specification;

/** A user namespace (user_namespaces(7)); IDs are those of the initial one. It never changes. */
final class UserNamespace {
  private final UserNamespace parent;
  private final int owner;
  private final int ownerGroup;
  private final boolean mapped;

  /**
   * One that a task makes.
   *
   * @param owner effective user ID of its creator
   * @param ownerGroup effective group ID of its creator
   * @param mapped whether the owner's IDs, and these alone, are mapped; all are in the initial one
   */
  UserNamespace(UserNamespace parent, int owner, int ownerGroup, boolean mapped) {
    this.parent = parent;
    this.owner = owner;
    this.ownerGroup = ownerGroup;
    this.mapped = mapped;
  }

  UserNamespace parent() {
    return parent;
  }

  int owner() {
    return owner;
  }

  int ownerGroup() {
    return ownerGroup;
  }

  boolean maps(int uid, int gid) {
    return parent == null || (mapped && uid == owner && gid == ownerGroup);
  }
}
