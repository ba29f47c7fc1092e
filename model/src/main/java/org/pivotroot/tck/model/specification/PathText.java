package org.pivotroot.tck.model.specification;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a place is called (prepend_path()).
 *
 * @param path relative to the root that was reached, or to where it ended otherwise
 * @param reachable whether going up from the place leads to the root
 */
record PathText(String path, boolean reachable) {
  /** More than any state has directories and mounts above one another. */
  private static final int HIGHEST = 1 << 16;

  /** The name of a place as seen by whoever has this root. Only that very pair ends the way up. */
  static PathText of(Place place, Place root) {
    Deque<String> names = new ArrayDeque<>();
    Place at = place;
    for (int steps = 0; !at.equals(root); steps++) {
      if (steps > HIGHEST) {
        throw new IllegalStateException("a mount or a directory is in itself");
      }
      if (at.isMountRoot()) {
        if (!at.mount().hasParent()) {
          return new PathText(text(names), false);
        }
        at = new Place(at.mount().parent, at.mount().point);
      } else if (at.node().parent == at.node()) {
        // It was moved out of what the mount shows.
        return new PathText("/", false);
      } else {
        names.addFirst(at.node().name);
        at = new Place(at.mount(), at.node().parent);
      }
    }
    return new PathText(text(names), true);
  }

  private static String text(Deque<String> names) {
    return "/" + String.join("/", names);
  }

  /** As getcwd(2) has it. */
  String marked() {
    return reachable ? path : "(unreachable)" + path;
  }
}
