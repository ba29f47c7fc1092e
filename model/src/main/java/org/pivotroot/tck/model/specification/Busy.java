package org.pivotroot.tck.model.specification;

import java.util.HashSet;
import java.util.Set;
import org.pivotroot.tck.model.specification.rule.Switch;

/** Whether a mount is in use (propagate_mount_busy() in fs/pnode.c). */
final class Busy {
  private Busy() {}

  /** Whether umount2(2) without MNT_DETACH refuses it. */
  static boolean is(State state, Mount mount) {
    if (!mount.children.isEmpty() || state.references(mount) > 0) {
      return true;
    }
    Set<Mount> theirs = new HashSet<>();
    for (Mount receiver : Receivers.of(mount.parent)) {
      Mount there = receiver.childAt(mount.point);
      if (there != null) {
        theirs.add(there);
      }
    }
    if (state.kernel().has(Switch.BUSY_EXACT)) {
      return Unmounting.removed(state, mount, theirs).stream()
          .anyMatch(one -> state.references(one) > 0);
    }
    return theirs.stream()
        .filter(Busy::hasNothingOrCoverAlone)
        .anyMatch(one -> state.references(one) > 0);
  }

  private static boolean hasNothingOrCoverAlone(Mount mount) {
    return mount.children.isEmpty() || (mount.children.size() == 1 && mount.cover() != null);
  }
}
