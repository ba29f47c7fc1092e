package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** Copies of mounts (clone_mnt(), copy_tree() in fs/namespace.c). */
final class Copies {
  static final Rule UNBINDABLE_AND_LOCKED =
      Rule.of(
          "copy.unbindable-locked",
          EPERM,
          "a mount below, which would be left out as unbindable, is locked",
          "copy_tree() in fs/namespace.c");
  static final Branch WITHOUT_UNBINDABLE =
      new Branch(
          "copy.without-unbindable",
          "an unbindable mount below is left out with all below it",
          "mount_namespaces(7), MS_UNBINDABLE example");

  private Copies() {}

  /** Of one mount: in the same peer group, with the same master, attached nowhere. */
  static Mount of(State state, Mount mount, Node root) {
    Mount copy = bare(state, mount, root);
    if (mount.isShared()) {
      copy.join(mount.group());
    }
    copy.receiveFrom(mount.master());
    copy.unbindable = mount.unbindable;
    return copy;
  }

  /** Of one mount, private. */
  static Mount bare(State state, Mount mount, Node root) {
    Mount copy = state.newMount(mount.fs, root);
    copy.options.addAll(mount.options);
    copy.lockedOptions.addAll(mount.lockedOptions);
    copy.atimeLocked = mount.atimeLocked;
    return copy;
  }

  /**
   * Of what is shown at a place, and where recursive all below that, but for what is unbindable.
   */
  static Mount ofTree(State state, Place place, boolean recursive) {
    Mount mount = place.mount();
    if (recursive) {
      // Nothing may have been copied when this fails.
      checkLocked(mount, place.node());
    }
    Mount copy = of(state, mount, place.node());
    if (recursive) {
      for (Mount child : mount.children) {
        if (child.point.isAtOrBelow(place.node())) {
          copyBelow(state, child, copy);
        }
      }
    }
    return copy;
  }

  private static void checkLocked(Mount mount, Node node) {
    for (Mount child : mount.children) {
      if (child.point.isAtOrBelow(node)) {
        if (child.unbindable && child.locked) {
          throw new Refused(UNBINDABLE_AND_LOCKED);
        }
        if (!child.unbindable) {
          checkLocked(child, child.root);
        }
      }
    }
  }

  private static void copyBelow(State state, Mount mount, Mount copyOfParent) {
    if (mount.unbindable) {
      state.met(WITHOUT_UNBINDABLE);
      return;
    }
    Mount copy = of(state, mount, mount.root);
    copy.locked = mount.locked;
    copy.attach(copyOfParent, mount.point);
    mount.children.forEach(child -> copyBelow(state, child, copy));
  }

  /** Of a whole tree, each mount as the function makes its copy, and in the same places. */
  static Mount ofWhole(Mount mount, UnaryOperator<Mount> copyOf) {
    Mount copy = copyOf.apply(mount);
    for (Mount child : List.copyOf(mount.children)) {
      ofWhole(child, copyOf).attach(copy, child.point);
    }
    return copy;
  }
}
