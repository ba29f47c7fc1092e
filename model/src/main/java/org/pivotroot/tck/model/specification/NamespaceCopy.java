package org.pivotroot.tck.model.specification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Switch;

/** A new mount namespace as a copy of another (copy_mnt_ns() in fs/namespace.c). */
final class NamespaceCopy {
  private static final String CITES =
      "mount_namespaces(7), Restrictions on mount namespaces; copy_mnt_ns()";
  static final Branch SAME_OWNER =
      new Branch(
          "namespace.copy", "copies are peers of what they are copied from", "copy_mnt_ns()");
  static final Branch OTHER_OWNER =
      new Branch(
          "namespace.copy-for-other-owner",
          "in a namespace of another user namespace copies of shared mounts are slaves, and all but"
              + " the root are locked together",
          CITES);
  static final Branch UNBINDABLE_LOST =
      new Branch(
          "namespace.unbindable-lost", "copies of unbindable mounts are private", "copy_mnt_ns()");
  static final List<Clause> CLAUSES = List.of(SAME_OWNER, OTHER_OWNER, UNBINDABLE_LOST);

  private final State state;
  private final Map<Mount, Mount> copies = new HashMap<>();

  private NamespaceCopy(State state) {
    this.state = state;
  }

  /** Puts a task into a copy of its mount namespace that a user namespace owns. */
  static void enter(State state, Task task, UserNamespace owner) {
    NamespaceCopy copy = new NamespaceCopy(state);
    MountNamespace old = task.namespace;
    task.namespace = copy.of(old, owner);
    task.fs.root = copy.moved(task.fs.root);
    task.fs.cwd = copy.moved(task.fs.cwd);
  }

  /** Puts a task into a namespace of nothing but a copy of the lowest mount of its own. */
  static void enterEmpty(State state, Task task, UserNamespace owner) {
    NamespaceCopy copy = new NamespaceCopy(state);
    MountNamespace old = task.namespace;
    Mount root = old.owner == owner ? copy.forSameOwner(old.root) : copy.forOther(old.root);
    MountNamespace namespace = state.newNamespace(owner, false);
    namespace.root = root;
    root.namespace = namespace;
    task.namespace = namespace;
    task.fs.root = root.place();
    task.fs.cwd = root.place();
  }

  private MountNamespace of(MountNamespace old, UserNamespace owner) {
    boolean sameOwner = old.owner == owner;
    state.met(sameOwner ? SAME_OWNER : OTHER_OWNER);
    MountNamespace namespace = state.newNamespace(owner, false);
    namespace.root =
        Copies.ofWhole(old.root, mount -> sameOwner ? forSameOwner(mount) : forOther(mount));
    if (!sameOwner) {
      Locks.addTo(namespace.root);
      namespace.root.locked = state.kernel().has(Switch.ROOT_LOCKED);
    }
    namespace.root.tree().forEach(mount -> mount.namespace = namespace);
    return namespace;
  }

  private Mount forSameOwner(Mount mount) {
    Mount copy = Copies.of(state, mount, mount.root);
    copy.locked = mount.locked;
    return keep(mount, copy);
  }

  private Mount forOther(Mount mount) {
    Mount copy = Copies.bare(state, mount, mount.root);
    copy.locked = mount.locked;
    copy.unbindable = mount.unbindable;
    copy.receiveFrom(mount.isShared() ? mount.group() : mount.master());
    return keep(mount, copy);
  }

  private Mount keep(Mount mount, Mount copy) {
    if (copy.unbindable && state.kernel().has(Switch.UNBINDABLE_LOST)) {
      state.met(UNBINDABLE_LOST);
      copy.unbindable = false;
    }
    copies.put(mount, copy);
    return copy;
  }

  private Place moved(Place place) {
    return new Place(copies.getOrDefault(place.mount(), place.mount()), place.node());
  }
}
