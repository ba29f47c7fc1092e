package org.pivotroot.tck.model.specification;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.pivotroot.tck.model.specification.rule.Refused;

/**
 * How the C library finds the working directory where the system call tells no path from the root:
 * it goes up by "..", looks in each directory for the entry that it came from, and takes every
 * directory for the root that has the same device and inode (sysdeps/posix/getcwd.c of glibc).
 */
final class LibraryPath {
  private final Walk walk;
  private final Place root;

  private LibraryPath(Walk walk, Place root) {
    this.walk = walk;
    this.root = root;
  }

  /** The path; none if going up does not lead to the root. */
  static Optional<String> of(State state, Task task) {
    return new LibraryPath(new Walk(state, task), task.fs.root).find(task.fs.cwd);
  }

  private Optional<String> find(Place cwd) {
    Deque<String> names = new ArrayDeque<>();
    Place at = cwd;
    while (at.node() != root.node()) {
      Place parent;
      try {
        parent = walk.up(at);
      } catch (Refused refused) {
        return Optional.empty();
      }
      Optional<String> name = entry(parent, at);
      if (name.isEmpty() || parent.node() == at.node()) {
        return Optional.empty();
      }
      names.addFirst(name.get());
      at = parent;
    }
    return Optional.of("/" + String.join("/", names));
  }

  private Optional<String> entry(Place directory, Place of) {
    return directory.node().children.values().stream()
        .filter(child -> walk.cross(new Place(directory.mount(), child)).node() == of.node())
        .map(child -> child.name)
        .findFirst();
  }
}
