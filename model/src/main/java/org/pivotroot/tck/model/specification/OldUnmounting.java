package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What goes with a tree of mounts in kernels before 6.17 (propagate_umount() and
 * __propagate_umount() in fs/pnode.c of that time). The order of its steps matters.
 */
final class OldUnmounting {
  private final State state;
  private final Set<Mount> tree;
  private final Set<Mount> unlocked;
  private final Set<Mount> visited = new HashSet<>();
  private final Set<Mount> restored = new HashSet<>();
  private final Set<Mount> marked = new HashSet<>();
  private final Set<Mount> removed = new LinkedHashSet<>();

  OldUnmounting(State state, Set<Mount> tree, Set<Mount> unlocked) {
    this.state = state;
    this.tree = tree;
    this.unlocked = unlocked;
  }

  Set<Mount> removed() {
    List<Mount> order = new ArrayList<>(tree);
    for (int i = order.size() - 1; i >= 0; i--) {
      Mount one = order.get(i);
      if (visited.add(one)) {
        Receivers.of(one.parent).forEach(receiver -> candidate(receiver.childAt(one.point)));
      }
    }
    List<Mount> queue = new ArrayList<>(removed);
    for (int i = 0; i < queue.size(); i++) {
      Mount one = queue.get(i);
      for (Mount child : one.children) {
        if (child.point != one.root && removed.add(child)) {
          queue.add(child);
        }
      }
    }
    if (!removed.isEmpty()) {
      state.met(Unmounting.PROPAGATES);
    }
    Set<Mount> all = new LinkedHashSet<>(tree);
    all.addAll(removed);
    return all;
  }

  private void candidate(Mount candidate) {
    if (candidate == null || visited.contains(candidate)) {
      return;
    }
    if (tree.contains(candidate)) {
      visited.add(candidate);
      return;
    }
    Mount at = candidate;
    while (at != null && !tree.contains(at) && !removed.contains(at) && !marked.contains(at)) {
      if (keepsSomething(at)) {
        state.met(Unmounting.STAYS_USED);
        restored.add(at);
        return;
      }
      marked.add(at);
      if (at.locked && !unlocked.contains(at)) {
        state.met(Unmounting.STAYS_LOCKED);
        restored.add(at);
      } else {
        restored.remove(at);
        removed.add(at);
      }
      at = at.parent;
      if (at == null || !restored.contains(at)) {
        return;
      }
    }
  }

  private boolean keepsSomething(Mount mount) {
    return mount.children.stream()
        .anyMatch(
            child ->
                child.point != mount.root
                    && !tree.contains(child)
                    && !removed.contains(child)
                    && !(restored.contains(child) && marked.contains(child)));
  }
}
