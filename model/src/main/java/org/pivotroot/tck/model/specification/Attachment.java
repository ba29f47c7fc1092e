package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Switch;

/**
 * A tree of mounts is put somewhere and propagates (attach_recursive_mnt() in fs/namespace.c,
 * propagate_mnt() in fs/pnode.c; Documentation/filesystems/sharedsubtree.rst, 5b and 5c).
 */
final class Attachment {
  private static final String CITES = "sharedsubtree.rst, 5b, 5c; attach_recursive_mnt()";
  static final Branch TO_SHARED =
      new Branch("attach.to-shared", "on a shared mount each mount of the tree is shared", CITES);
  static final Branch TO_PEER =
      new Branch("attach.copy-to-peer", "a peer gets a copy that is a peer", CITES);
  static final Branch TO_SLAVE =
      new Branch("attach.copy-to-slave", "a slave gets a copy that is a slave", CITES);
  static final Branch TO_SHARED_SLAVE =
      new Branch(
          "attach.copy-to-shared-slave",
          "a shared slave gets a copy that is a slave and shared with those of its peers",
          CITES);
  static final Branch PASSES_THROUGH =
      new Branch(
          "attach.passes-through",
          "slaves of a group of which no member shows the place receive from the next group above",
          "propagate_one() in fs/pnode.c");
  static final Branch NOT_SHOWN =
      new Branch(
          "attach.not-shown",
          "a receiver that does not show the place gets nothing",
          "propagate_one() in fs/pnode.c");
  static final Branch ANONYMOUS =
      new Branch(
          "attach.anonymous-gets-none",
          "a receiver in an anonymous namespace gets nothing",
          "propagation_would_overmount(), propagate_one() in fs/pnode.c");
  static final Branch LOCKS =
      new Branch(
          "attach.locks",
          "a copy in a namespace of another user namespace is locked",
          "mount_namespaces(7), Restrictions on mount namespaces; lock_mnt_tree()");
  static final Branch TUCKED =
      new Branch(
          "attach.tucked",
          "what is mounted in the place already goes on top of what is put there",
          "attach_recursive_mnt(), mnt_change_mountpoint()");
  static final List<Clause> CLAUSES =
      List.of(
          TO_SHARED,
          TO_PEER,
          TO_SLAVE,
          TO_SHARED_SLAVE,
          PASSES_THROUGH,
          NOT_SHOWN,
          ANONYMOUS,
          LOCKS,
          TUCKED);

  private final State state;
  private final Task task;
  private final Mount source;
  private final Place target;
  private final Set<Mount> fresh = new LinkedHashSet<>();

  /** The peer groups that the source's mounts are put into now (invent_group_ids()). */
  private final Set<PeerGroup> invented = new LinkedHashSet<>();

  /** The copies and the receivers that they are for, in turn. */
  private final List<Mount> copies = new ArrayList<>();

  private final List<Mount> receivers = new ArrayList<>();

  private Attachment(State state, Task task, Mount source, Place target) {
    this.state = state;
    this.task = task;
    this.source = source;
    this.target = target;
  }

  /** Puts a tree that was just made, or is moved, at a place. */
  static void of(State state, Task task, Mount source, Place target) {
    new Attachment(state, task, source, target).attach();
  }

  private void attach() {
    if (target.mount().isShared()) {
      state.met(TO_SHARED);
      for (Mount mount : source.treeInDepth()) {
        boolean wasShared = mount.isShared();
        PropagationType.SHARED.apply(state, mount);
        if (!wasShared) {
          invented.add(mount.group());
        }
        if (mount.namespace == null) {
          fresh.add(mount);
        }
      }
      PeerGroup group = target.mount().group();
      Set<Mount> peers = new LinkedHashSet<>(group.members);
      List<Mount> slaves = slavesOf(group);
      toPeers(peers);
      toSlaves(slaves, source, new LinkedHashSet<>(List.of(group)));
    }
    put(source, target.mount(), true);
    for (int i = 0; i < copies.size(); i++) {
      put(copies.get(i), receivers.get(i), false);
    }
  }

  private List<Mount> slavesOf(PeerGroup group) {
    boolean mayBeSkipped =
        !state.kernel().has(Switch.ANONYMOUS_PASSES_ON)
            && group.members.stream()
                .anyMatch(one -> one.namespace != null && one.namespace.anonymous);
    if (mayBeSkipped && !group.slaves.isEmpty()) {
      throw new Inexpressible("which member of its master's peer group a slave receives from");
    }
    return List.copyOf(group.slaves);
  }

  private void toPeers(Set<Mount> peers) {
    for (Mount peer : peers) {
      if (peer != target.mount() && receives(peer)) {
        state.met(TO_PEER);
        add(peer, source, this::asPeer);
      }
    }
  }

  private void toSlaves(List<Mount> slaves, Mount from, Set<PeerGroup> done) {
    for (Mount slave : slaves) {
      // What is moved may receive itself; it is shared only when all copies are made.
      if (!slave.isShared() || invented.contains(slave.group())) {
        if (receives(slave)) {
          state.met(TO_SLAVE);
          add(slave, from, this::asSlave);
        }
      } else if (done.add(slave.group())) {
        toSharedSlaves(slave.group(), from, done);
      }
    }
  }

  private void toSharedSlaves(PeerGroup group, Mount from, Set<PeerGroup> done) {
    List<Mount> members = List.copyOf(group.members);
    List<Mount> slaves = slavesOf(group);
    Mount first = null;
    for (Mount member : members) {
      if (receives(member)) {
        state.met(TO_SHARED_SLAVE);
        if (first == null) {
          first = add(member, from, this::asSharedSlave);
        } else {
          add(member, first, this::asPeer);
        }
      }
    }
    if (first == null && !slaves.isEmpty()) {
      state.met(PASSES_THROUGH);
    }
    toSlaves(slaves, first == null ? from : first, done);
  }

  private boolean receives(Mount mount) {
    if (fresh.contains(mount) || mount.namespace == null) {
      return false;
    }
    if (mount.namespace.anonymous) {
      state.met(ANONYMOUS);
      return false;
    }
    if (!target.node().isAtOrBelow(mount.root)) {
      state.met(NOT_SHOWN);
      return false;
    }
    return true;
  }

  private Mount add(Mount receiver, Mount from, UnaryOperator<Mount> copyOf) {
    Mount copy = Copies.ofWhole(from, copyOf);
    fresh.addAll(copy.tree());
    copies.add(copy);
    receivers.add(receiver);
    return copy;
  }

  private Mount asPeer(Mount mount) {
    Mount copy = Copies.of(state, mount, mount.root);
    copy.locked = mount.locked;
    return copy;
  }

  private Mount asSlave(Mount mount) {
    Mount copy = Copies.bare(state, mount, mount.root);
    copy.locked = mount.locked;
    copy.receiveFrom(mount.group());
    return copy;
  }

  private Mount asSharedSlave(Mount mount) {
    Mount copy = asSlave(mount);
    copy.join(state.newGroup());
    return copy;
  }

  private void put(Mount mount, Mount on, boolean original) {
    mount.locked = false;
    if (!original && on.namespace.owner != task.namespace.owner) {
      state.met(LOCKS);
      Locks.addTo(mount);
    }
    Mount covered = on.childAt(target.node());
    if (mount == covered) {
      covered = null;
    }
    MountNamespace namespace = on.namespace;
    mount.tree().forEach(one -> one.namespace = namespace);
    if (covered != null) {
      tuck(mount, covered, original);
    }
    mount.attach(on, target.node());
  }

  private void tuck(Mount mount, Mount covered, boolean original) {
    state.met(TUCKED);
    Mount under = mount.top();
    if (under != mount && !state.kernel().has(Switch.TUCK_ON_TOP)) {
      throw new Inexpressible("two mounts in one place, as before 6.17");
    }
    if (covered.locked && state.kernel().has(Switch.TUCK_LOCKS_COPY)) {
      mount.locked = true;
      if (original || !state.kernel().has(Switch.TUCK_KEEPS_LOCK)) {
        covered.locked = false;
      }
    }
    covered.attach(under, under.root);
  }
}
