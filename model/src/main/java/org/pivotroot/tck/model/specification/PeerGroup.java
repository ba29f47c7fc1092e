package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.List;

/** Mounts that share their mount events (Documentation/filesystems/sharedsubtree.rst, 5). */
final class PeerGroup {
  final int number;
  final List<Mount> members = new ArrayList<>();

  /** Which member a slave receives from cannot be seen, so they are slaves of the group. */
  final List<Mount> slaves = new ArrayList<>();

  PeerGroup(int number) {
    this.number = number;
  }

  /** All members have the same. */
  PeerGroup master() {
    return members.isEmpty() ? null : members.get(0).master();
  }
}
