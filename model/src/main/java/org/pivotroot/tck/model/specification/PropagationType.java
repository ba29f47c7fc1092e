package org.pivotroot.tck.model.specification;

import java.util.List;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;

/** The propagation types of mount_namespaces(7), SHARED SUBTREES, and how a mount gets one. */
enum PropagationType {
  SHARED(MountFlag.MS_SHARED),
  SLAVE(MountFlag.MS_SLAVE),
  PRIVATE(MountFlag.MS_PRIVATE),
  UNBINDABLE(MountFlag.MS_UNBINDABLE);

  private static final String CITES =
      "mount_namespaces(7), Propagation type transitions; change_mnt_propagation() in fs/pnode.c";
  static final Branch TO_NEW_GROUP =
      new Branch("type.shared", "a mount without peer group gets one of its own", CITES);
  static final Branch TO_SLAVE_OF_PEERS =
      new Branch("type.slave-of-peers", "a mount with peers becomes their slave", CITES);
  static final Branch TO_SLAVE_OF_MASTER =
      new Branch(
          "type.slave-of-master",
          "a mount without peers keeps its master, and is private without one",
          CITES);
  static final Branch TO_PRIVATE =
      new Branch("type.private", "a mount leaves peers and master", CITES);

  static final List<Clause> CLAUSES =
      List.of(TO_NEW_GROUP, TO_SLAVE_OF_PEERS, TO_SLAVE_OF_MASTER, TO_PRIVATE);

  private final MountFlag flag;

  PropagationType(MountFlag flag) {
    this.flag = flag;
  }

  long bit() {
    return flag.bit();
  }

  /** Gives a mount this type. */
  void apply(State state, Mount mount) {
    if (this == SHARED) {
      if (!mount.isShared()) {
        state.met(TO_NEW_GROUP);
        mount.join(state.newGroup());
      }
      mount.unbindable = false;
      return;
    }
    PeerGroup group = mount.group();
    PeerGroup peers = group != null && group.members.size() > 1 ? group : mount.master();
    mount.leave();
    if (this == SLAVE) {
      state.met(peers == group && group != null ? TO_SLAVE_OF_PEERS : TO_SLAVE_OF_MASTER);
      mount.receiveFrom(peers);
    } else {
      state.met(TO_PRIVATE);
      mount.receiveFrom(null);
      mount.unbindable = this == UNBINDABLE;
    }
  }
}
