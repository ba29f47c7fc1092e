package org.pivotroot.tck.model.specification;

import java.util.LinkedHashSet;
import java.util.Set;

/** The mounts that mount events of a mount propagate to (propagation_next() in fs/pnode.c). */
final class Receivers {
  private Receivers() {}

  /**
   * All other members of its peer group, all slaves of that, and where a slave is shared, its peers
   * and their slaves in turn.
   */
  static Set<Mount> of(Mount mount) {
    Set<Mount> receivers = new LinkedHashSet<>();
    if (mount != null && mount.isShared()) {
      add(mount.group(), receivers);
      receivers.remove(mount);
    }
    return receivers;
  }

  private static void add(PeerGroup group, Set<Mount> receivers) {
    receivers.addAll(group.members);
    for (Mount slave : group.slaves) {
      if (receivers.add(slave) && slave.isShared()) {
        add(slave.group(), receivers);
      }
    }
  }
}
