package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A mount (struct mount in fs/mount.h). */
final class Mount {
  final int number;
  final FileSystem fs;
  final Node root;
  final List<Mount> children = new ArrayList<>();
  final EnumSet<MountOption> options = EnumSet.noneOf(MountOption.class);
  final EnumSet<MountOption> lockedOptions = EnumSet.noneOf(MountOption.class);

  /** Null for the mount at the root of a namespace, and for what was taken off. */
  Mount parent;

  /** The mount point: an object of the parent's file system. */
  Node point;

  /** Null if it is attached nowhere. */
  MountNamespace namespace;

  boolean unbindable;
  boolean locked;
  boolean atimeLocked;

  /** Whether MNT_EXPIRE has met it unused. */
  boolean expiring;

  /** Whether it was unmounted; whoever uses it keeps it nevertheless. */
  boolean gone;

  private PeerGroup group;
  private PeerGroup master;

  Mount(int number, FileSystem fs, Node root) {
    this.number = number;
    this.fs = fs;
    this.root = root;
  }

  PeerGroup group() {
    return group;
  }

  PeerGroup master() {
    return master;
  }

  boolean isShared() {
    return group != null;
  }

  boolean hasParent() {
    return parent != null;
  }

  Place place() {
    return new Place(this, root);
  }

  void attach(Mount newParent, Node newPoint) {
    cut();
    parent = newParent;
    point = newPoint;
    newParent.children.add(this);
  }

  /** Takes it off what it is on. */
  void cut() {
    if (parent != null) {
      parent.children.remove(this);
      parent = null;
      point = null;
    }
  }

  /** What is mounted at a place of it, the lowest of a stack; null for nothing. */
  Mount childAt(Node node) {
    for (Mount child : children) {
      if (child.point == node) {
        return child;
      }
    }
    return null;
  }

  /** What covers its root; null for nothing. */
  Mount cover() {
    return childAt(root);
  }

  /** The last of the mounts that cover each other from here. */
  Mount top() {
    Mount top = this;
    for (Mount cover = cover(); cover != null; cover = top.cover()) {
      top = cover;
    }
    return top;
  }

  /** It and all below, parents first. */
  List<Mount> tree() {
    List<Mount> tree = new ArrayList<>();
    tree.add(this);
    for (int i = 0; i < tree.size(); i++) {
      tree.addAll(tree.get(i).children);
    }
    return tree;
  }

  /** It and all below, each followed by what is below it: the order of next_mnt(). */
  List<Mount> treeInDepth() {
    List<Mount> tree = new ArrayList<>();
    tree.add(this);
    children.forEach(child -> tree.addAll(child.treeInDepth()));
    return tree;
  }

  boolean isAtOrBelow(Mount ancestor) {
    Mount mount = this;
    while (mount != null && mount != ancestor) {
      mount = mount.parent;
    }
    return mount != null;
  }

  void join(PeerGroup newGroup) {
    leave();
    group = newGroup;
    newGroup.members.add(this);
  }

  /** Slaves of a group that this empties receive from its master (do_make_slave()). */
  void leave() {
    PeerGroup old = group;
    group = null;
    if (old != null) {
      old.members.remove(this);
      if (old.members.isEmpty()) {
        List.copyOf(old.slaves).forEach(slave -> slave.receiveFrom(master));
      }
    }
  }

  void receiveFrom(PeerGroup newMaster) {
    if (master != null) {
      master.slaves.remove(this);
    }
    master = newMaster;
    if (newMaster != null) {
      newMaster.slaves.add(this);
    }
  }

  /** For a copy of the whole state, whose groups get their members one by one. */
  void link(PeerGroup itsGroup, PeerGroup itsMaster) {
    group = itsGroup;
    master = itsMaster;
  }
}
