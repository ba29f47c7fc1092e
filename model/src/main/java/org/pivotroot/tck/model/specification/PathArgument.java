package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.EFAULT;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** A path that a call was given, and the descriptor that it may be relative to. */
final class PathArgument {
  static final Rule BAD_ADDRESS =
      Rule.of(
          "path.bad-address",
          EFAULT,
          "the address of the path is not the caller's",
          "getname() in fs/namei.c");
  static final Rule BAD_DESCRIPTOR =
      Rule.of(
          "path.bad-descriptor",
          EBADF,
          "a relative path is given with a number that is no descriptor",
          "openat(2), ERRORS");

  /** What a lookup of an argument can meet. */
  static final List<Clause> CLAUSES = clauses();

  private static final String TASK = "task:";

  private final State state;
  private final Task task;
  private final Value directory;
  private final Value path;
  private final boolean mayBeEmpty;

  /**
   * An argument.
   *
   * @param directory null where the call takes none
   * @param mayBeEmpty whether an empty path stands for the descriptor itself
   */
  PathArgument(State state, Task task, Value directory, Value path, boolean mayBeEmpty) {
    this.state = state;
    this.task = task;
    this.directory = directory;
    this.path = path;
    this.mayBeEmpty = mayBeEmpty;
  }

  private static List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>(List.of(BAD_ADDRESS, BAD_DESCRIPTOR));
    clauses.addAll(Walk.CLAUSES);
    return List.copyOf(clauses);
  }

  /** To where it leads. */
  Place resolve(boolean follow, boolean wantsDirectory) {
    String text = text();
    Place place;
    if (text.isEmpty() && mayBeEmpty) {
      place = start();
    } else {
      place = walk().to(from(text), text, follow);
    }
    if (wantsDirectory) {
      Walk.checkDirectory(place);
    }
    state.visited(place.mount());
    return place;
  }

  /** To what is to be unmounted: what is mounted where it leads, "." and "/" included. */
  Place resolveMountPoint(boolean follow) {
    String text = text();
    Walk walk = walk();
    return walk.cross(walk.to(from(text), text, follow));
  }

  /** To before its last component. */
  Last parent() {
    String text = text();
    Last last = walk().parentOf(from(text), text);
    state.visited(last.parent().mount());
    return last;
  }

  private Walk walk() {
    return new Walk(state, task);
  }

  private Place from(String text) {
    Walk.checkLength(text);
    return text.startsWith("/") ? task.fs.root : start();
  }

  private Place start() {
    if (directory == null || directory instanceof Value.WorkingDirectory) {
      return task.fs.cwd;
    }
    if (directory instanceof Value.BadDescriptor) {
      throw new Refused(BAD_DESCRIPTOR);
    }
    if (!(directory instanceof Value.Descriptor descriptor)) {
      throw new Inexpressible("a path relative to something else than a descriptor");
    }
    OpenFile file = state.files.get(descriptor.descriptor());
    if (file == null || file.table != task.table) {
      throw new Refused(BAD_DESCRIPTOR);
    }
    if (file.place == null) {
      throw new Inexpressible("a path relative to a descriptor of no directory");
    }
    return file.place;
  }

  /** The text, in which stable names stand for the numbers of descriptors and tasks. */
  String text() {
    if (path instanceof Value.Text text) {
      return text.text();
    }
    if (path instanceof Value.LongText text) {
      return text.text();
    }
    if (path instanceof Value.Null || path instanceof Value.BadAddress) {
      throw new Refused(BAD_ADDRESS);
    }
    if (path instanceof Value.Through through) {
      return "/proc/thread-self/fd/" + through.descriptor() + through.rest();
    }
    if (path instanceof Value.OfTask of) {
      return "/proc/" + TASK + of.task() + "/" + of.file();
    }
    throw new Inexpressible("an argument of this kind as a path");
  }

  /** The descriptor that a name in /proc/self/fd stands for. */
  static int descriptor(String name) {
    if (!name.startsWith("fd#")) {
      throw new Inexpressible("a descriptor by its number");
    }
    return Integer.parseInt(name.substring(3));
  }

  /** The task that a name in /proc stands for. */
  static String task(String name) {
    if (!name.startsWith(TASK)) {
      throw new Inexpressible("/proc/" + name);
    }
    return name.substring(TASK.length());
  }
}
