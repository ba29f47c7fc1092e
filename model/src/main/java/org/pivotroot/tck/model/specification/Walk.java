package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.Errno.ELOOP;
import static org.pivotroot.tck.model.call.Errno.ENAMETOOLONG;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** A lookup of a path by a task (path_resolution(7)). */
final class Walk {
  static final Rule EMPTY =
      Rule.of("path.empty", ENOENT, "the path is empty", "path_resolution(7), Empty pathname");
  static final Rule TOO_LONG =
      Rule.of(
          "path.too-long",
          ENAMETOOLONG,
          "the path has 4096 bytes or more, the null byte included",
          "path_resolution(7), Length limits");
  static final Rule NAME_TOO_LONG =
      Rule.of(
          "path.name-too-long",
          ENAMETOOLONG,
          "a component has more than 255 bytes",
          "path_resolution(7), Length limits");
  static final Rule NOT_DIRECTORY =
      Rule.of(
          "path.not-directory",
          ENOTDIR,
          "a component that is not the last, or that a slash follows, or that the call wants to be"
              + " a directory, is none",
          "path_resolution(7), Step 2 and 3");
  static final Rule NOT_SEARCHABLE =
      Rule.of(
          "path.not-searchable",
          EACCES,
          "the caller may not search a directory on the way",
          "path_resolution(7), Step 2");
  static final Rule MISSING =
      Rule.of(
          "path.missing",
          ENOENT,
          "a component does not exist, as nothing does in a removed directory",
          "path_resolution(7), Step 2");
  static final Rule LOOP =
      Rule.of(
          "path.loop",
          ELOOP,
          "more than 40 symbolic links are on the way",
          "path_resolution(7), Step 2");
  static final Rule NO_SYMLINK_FOLLOW =
      Rule.of(
          "path.nosymfollow",
          ELOOP,
          "a symbolic link is to be followed on a mount with MS_NOSYMFOLLOW",
          "mount(2), MS_NOSYMFOLLOW");
  static final Rule OUTSIDE_BIND_MOUNT =
      Rule.of(
          "path.parent-not-shown",
          ENOENT,
          "the parent of a directory is not within what its mount shows",
          "path_connected() in fs/namei.c");
  static final Branch UP_AT_ROOT =
      new Branch(
          "path.up-at-root",
          "the parent of the root is the root, or rather what is mounted on it",
          "path_resolution(7), . and ..; handle_dots()");
  static final Branch UP_AT_END =
      new Branch(
          "path.up-at-end",
          "where going up from a mount leads to the root or to no mount, .. stays",
          "choose_mountpoint() in fs/namei.c");
  static final Branch UP_FROM_MOUNT =
      new Branch(
          "path.up-from-mount",
          "the parent of the root of a mount is that of its mount point",
          "path_resolution(7), Mount points");
  static final Branch SLOT =
      new Branch("path.slot", "what was taken off leaves an empty nullfs", "kernel 7.3");

  static final List<Clause> CLAUSES =
      List.of(
          EMPTY,
          TOO_LONG,
          NOT_DIRECTORY,
          NOT_SEARCHABLE,
          NAME_TOO_LONG,
          MISSING,
          LOOP,
          NO_SYMLINK_FOLLOW,
          OUTSIDE_BIND_MOUNT,
          UP_AT_ROOT,
          UP_AT_END,
          UP_FROM_MOUNT,
          SLOT);

  private final State state;
  private final Task task;
  private int links;

  Walk(State state, Task task) {
    this.state = state;
    this.task = task;
  }

  private Place root() {
    return task.fs.root;
  }

  private static List<String> components(String path) {
    return Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty()).toList();
  }

  static void checkLength(String path) {
    if (path.isEmpty()) {
      throw new Refused(EMPTY);
    }
    if (path.getBytes(StandardCharsets.UTF_8).length >= 4096) {
      throw new Refused(TOO_LONG);
    }
  }

  /** To where the whole path leads. */
  Place to(Place start, String path, boolean follow) {
    checkLength(path);
    Place at = path.startsWith("/") ? root() : start;
    List<String> components = components(path);
    boolean slash = path.endsWith("/");
    for (int i = 0; i < components.size(); i++) {
      boolean last = i == components.size() - 1;
      checkDirectory(at);
      checkSearchable(at);
      if (at.node().fs.type.equals("proc")) {
        return inProc(at, components.subList(i, components.size()), slash, follow);
      }
      at = step(at, components.get(i), !last || follow || slash);
      if (last && slash) {
        checkDirectory(at);
      }
    }
    return at;
  }

  /** To where all but the last component lead. */
  Last parentOf(Place start, String path) {
    checkLength(path);
    Place at = start;
    List<String> components = components(path);
    if (components.isEmpty()) {
      return new Last(at, "", Last.Kind.ROOT, true);
    }
    for (String name : components.subList(0, components.size() - 1)) {
      checkDirectory(at);
      checkSearchable(at);
      at = step(at, name, true);
    }
    checkDirectory(at);
    checkSearchable(at);
    if (at.node().fs.type.equals("proc")) {
      throw new Inexpressible("changes of /proc");
    }
    String name = components.get(components.size() - 1);
    Last.Kind kind =
        name.equals(".") ? Last.Kind.DOT : name.equals("..") ? Last.Kind.DOT_DOT : Last.Kind.NORMAL;
    if (kind == Last.Kind.NORMAL) {
      checkName(at, name);
    }
    return new Last(at, name, kind, path.endsWith("/"));
  }

  private Place step(Place at, String name, boolean follow) {
    if (name.equals(".")) {
      return at;
    }
    if (name.equals("..")) {
      return up(at);
    }
    checkName(at, name);
    Node child = at.node().children.get(name);
    if (child == null) {
      throw new Refused(MISSING);
    }
    Place there = cross(new Place(at.mount(), child));
    return follow && there.node().kind == Node.Kind.LINK ? follow(at, there) : there;
  }

  private static void checkName(Place at, String name) {
    if (at.node().removed || at.node().fs.type.equals("nullfs")) {
      return; // The file system is not asked, or has no names at all.
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > 255) {
      throw new Refused(NAME_TOO_LONG);
    }
    if (at.node().unknown && !at.node().children.containsKey(name)) {
      throw new Inexpressible("what is in " + at.node().path() + " of the guest");
    }
  }

  Place cross(Place place) {
    Place there = state.cross(place);
    if (there.mount() == state.slotMount) {
      state.met(SLOT);
    }
    return there;
  }

  private Place follow(Place from, Place link) {
    if (++links > 40) {
      throw new Refused(LOOP);
    }
    checkOwner(from, link);
    if (link.mount().options.contains(MountOption.NO_SYMLINK_FOLLOW)) {
      throw new Refused(NO_SYMLINK_FOLLOW);
    }
    return to(from, link.node().target, true);
  }

  /** proc_sys_fs(5), protected_symlinks: how this is set is not known. */
  private void checkOwner(Place directory, Place link) {
    int owner = link.node().uid;
    boolean isSticky = (directory.node().mode & 01002) == 01002;
    if (isSticky && owner != task.uid && owner != directory.node().uid) {
      throw new Inexpressible("a link of another user in a sticky directory");
    }
  }

  static void checkDirectory(Place at) {
    if (!at.node().isDirectory()) {
      throw new Refused(NOT_DIRECTORY);
    }
  }

  void checkSearchable(Place at) {
    if (!task.may(at.node(), 1)) {
      throw new Refused(NOT_SEARCHABLE);
    }
  }

  /** follow_dotdot(). */
  Place up(Place from) {
    if (from.equals(root())) {
      state.met(UP_AT_ROOT);
      return cross(from);
    }
    Place at = from;
    while (at.isMountRoot()) {
      if (!at.mount().hasParent()) {
        state.met(UP_AT_END);
        return cross(from);
      }
      at = new Place(at.mount().parent, at.mount().point);
      if (at.equals(root())) {
        state.met(UP_AT_END);
        return cross(from);
      }
      state.met(UP_FROM_MOUNT);
    }
    Node parent = at.node().parent;
    Node shown = at.mount().root;
    if (shown != shown.fs.root && !parent.isAtOrBelow(shown)) {
      throw new Refused(OUTSIDE_BIND_MOUNT);
    }
    return cross(new Place(at.mount(), parent));
  }

  /** The links of /proc that lead to places rather than along paths (proc(5)). */
  private Place inProc(Place proc, List<String> names, boolean slash, boolean follow) {
    String first = names.get(0);
    if (names.size() < 2 || first.equals(".") || first.equals("..")) {
      throw new Inexpressible("what is in /proc");
    }
    Place target;
    int taken = 2;
    if (names.get(1).equals("fd") && isSelf(first) && names.size() > 2) {
      target = descriptor(names.get(2));
      taken = 3;
    } else if (names.get(1).equals("root") || names.get(1).equals("cwd")) {
      FsStruct fs = fsOf(first);
      target = names.get(1).equals("root") ? fs.root : fs.cwd;
    } else {
      throw new Inexpressible("/proc/" + String.join("/", names));
    }
    if (++links > 40) {
      throw new Refused(LOOP);
    }
    boolean last = names.size() == taken;
    if (last && !follow && !slash) {
      throw new Inexpressible("the link /proc/" + String.join("/", names) + " itself");
    }
    if (proc.mount().options.contains(MountOption.NO_SYMLINK_FOLLOW)) {
      throw new Refused(NO_SYMLINK_FOLLOW);
    }
    if (last) {
      if (slash) {
        checkDirectory(target);
      }
      return target;
    }
    String rest = String.join("/", names.subList(taken, names.size()));
    return to(target, rest + (slash ? "/" : ""), follow);
  }

  private Place descriptor(String name) {
    OpenFile file = state.files.get(PathArgument.descriptor(name));
    if (file == null || file.table != task.table) {
      throw new Refused(MISSING);
    }
    if (file.place == null) {
      throw new Inexpressible("a descriptor of no file as a path");
    }
    return file.place;
  }

  private static boolean isSelf(String name) {
    return name.equals("self") || name.equals("thread-self");
  }

  /** Of the task that a directory of /proc is about. */
  FsStruct fsOf(String name) {
    if (name.equals("thread-self") || (name.equals("self") && task.process)) {
      return task.fs;
    }
    return state.task(PathArgument.task(name)).fs;
  }
}
