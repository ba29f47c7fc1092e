package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Switch;

/** A tree of mounts is unmounted (umount_tree() in fs/namespace.c). */
final class Unmounting {
  static final Branch PROPAGATES =
      new Branch(
          "unmount.propagates",
          "what is mounted in the same place of a receiver goes too",
          "mount_namespaces(7), SHARED SUBTREES; propagate_umount()");
  static final Branch UNLOCKS =
      new Branch(
          "unmount.unlocks",
          "what is mounted in the same place of a receiver is locked no more",
          "propagate_mount_unlock() in fs/pnode.c");
  static final Branch STAYS_LOCKED =
      new Branch(
          "unmount.locked-stays",
          "a locked mount of a receiver stays unless what it is on goes",
          "propagate_umount.txt");
  static final Branch STAYS_USED =
      new Branch(
          "unmount.with-submount-stays",
          "a mount of a receiver stays if something is on it that stays and does not just cover it",
          "propagate_umount.txt");
  static final Branch REHUNG =
      new Branch(
          "unmount.cover-rehung",
          "what covers a mount that goes, and stays, moves to where that was mounted",
          "reparent() in fs/pnode.c, propagate_umount.txt");
  static final Branch TAKEN_OFF =
      new Branch(
          "unmount.taken-off",
          "what is unmounted lazily comes off what it is on",
          "umount2(2), MNT_DETACH; umount_tree()");
  static final Branch STAYS_CONNECTED =
      new Branch(
          "unmount.stays-connected",
          "a locked mount stays on what is unmounted with it, and so does every mount of a tree that"
              + " ends with its directory or descriptor",
          "disconnect_mount() in fs/namespace.c");
  static final Branch BECOMES_SLOT =
      new Branch(
          "unmount.becomes-slot",
          "instead of staying on what is unmounted with it, a mount leaves an empty nullfs there",
          "kernel 7.3");
  static final List<Clause> CLAUSES =
      List.of(
          PROPAGATES,
          UNLOCKS,
          STAYS_LOCKED,
          STAYS_USED,
          REHUNG,
          TAKEN_OFF,
          STAYS_CONNECTED,
          BECOMES_SLOT);

  /** How mounts come off (enum umount_tree_flags). */
  enum How {
    /** At once, as none of them is in use. */
    SYNC,
    /** From where they can be found. */
    LAZY,
    /** Likewise, but staying on each other. */
    CONNECTED
  }

  private final State state;
  private final How how;

  private Unmounting(State state, How how) {
    this.state = state;
    this.how = how;
  }

  /** As umount2(2) does. */
  static void of(State state, Mount mount, How how) {
    Unmounting unmounting = new Unmounting(state, how);
    for (Mount receiver : Receivers.of(mount.parent)) {
      Mount there = receiver.childAt(mount.point);
      if (there != null && there.locked) {
        state.met(UNLOCKS);
        there.locked = false;
      }
    }
    unmounting.remove(removed(state, mount, Set.of()));
  }

  /** Without receivers: the mount point has gone. */
  static void withoutPropagation(State state, Mount mount) {
    new Unmounting(state, How.CONNECTED).remove(new LinkedHashSet<>(mount.treeInDepth()));
  }

  /** Without receivers: nobody is in the namespace any more. */
  static void ofNamespace(State state, MountNamespace namespace) {
    How how = namespace.anonymous ? How.CONNECTED : How.LAZY;
    new Unmounting(state, how).remove(new LinkedHashSet<>(namespace.root.treeInDepth()));
  }

  /**
   * What goes with a mount, it included.
   *
   * @param unlocked what is to be taken for not locked
   */
  static Set<Mount> removed(State state, Mount mount, Set<Mount> unlocked) {
    Set<Mount> tree = new LinkedHashSet<>(mount.treeInDepth());
    return state.kernel().has(Switch.UMOUNT_IN_SETS)
        ? inSets(state, tree, unlocked)
        : new OldUnmounting(state, tree, unlocked).removed();
  }

  /** Documentation/filesystems/propagate_umount.txt. */
  private static Set<Mount> inSets(State state, Set<Mount> tree, Set<Mount> unlocked) {
    Set<Mount> candidates = new LinkedHashSet<>();
    for (Mount one : tree) {
      for (Mount receiver : Receivers.of(one.parent)) {
        Mount candidate = receiver.childAt(one.point);
        if (candidate != null && !tree.contains(candidate)) {
          candidates.add(candidate);
        }
      }
    }
    Set<Mount> removed = new LinkedHashSet<>(tree);
    removed.addAll(candidates);
    while (candidates.removeIf(one -> keepsSomething(one, removed))) {
      state.met(STAYS_USED);
      removed.clear();
      removed.addAll(tree);
      removed.addAll(candidates);
    }
    while (candidates.removeIf(
        one -> one.locked && !unlocked.contains(one) && !removed.contains(one.parent))) {
      state.met(STAYS_LOCKED);
      removed.clear();
      removed.addAll(tree);
      removed.addAll(candidates);
    }
    if (!candidates.isEmpty()) {
      state.met(PROPAGATES);
    }
    return removed;
  }

  private static boolean keepsSomething(Mount candidate, Set<Mount> removed) {
    return candidate.children.stream()
        .filter(child -> child.point != candidate.root)
        .anyMatch(child -> !removed.containsAll(child.tree()));
  }

  private void remove(Set<Mount> removed) {
    for (Mount one : removed) {
      for (Mount child : List.copyOf(one.children)) {
        if (!removed.contains(child)) {
          rehang(child, removed);
        }
      }
    }
    for (Mount one : removed) {
      one.leave();
      one.receiveFrom(null);
      one.namespace = null;
      one.gone = true;
    }
    List<Mount> disconnected = new ArrayList<>();
    for (Mount one : removed) {
      if (one.hasParent() && !staysOn(one, removed)) {
        disconnected.add(one);
      }
    }
    disconnected.forEach(Mount::cut);
  }

  private void rehang(Mount survivor, Set<Mount> removed) {
    state.met(REHUNG);
    Mount parent = survivor.parent;
    Node point = survivor.point;
    while (removed.contains(parent)) {
      point = parent.point;
      parent = parent.parent;
    }
    survivor.attach(parent, point);
  }

  private boolean staysOn(Mount one, Set<Mount> removed) {
    if (how == How.SYNC || !removed.contains(one.parent)) {
      return false;
    }
    if (how == How.LAZY && !one.locked) {
      state.met(TAKEN_OFF);
      return false;
    }
    if (state.kernel().has(Switch.SLOTS)) {
      state.met(BECOMES_SLOT);
      state.coverBySlot(new Place(one.parent, one.point));
      return false;
    }
    state.met(STAYS_CONNECTED);
    return true;
  }
}
