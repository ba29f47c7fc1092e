package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.Errno.EEXIST;
import static org.pivotroot.tck.model.call.Errno.EISDIR;
import static org.pivotroot.tck.model.call.Errno.ELOOP;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.EROFS;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** openat(2). */
final class OpenCall extends Attempt {
  private static final String ERRORS = "open(2), ERRORS";
  private static final Pattern NAMESPACE = Pattern.compile("/proc/([^/]+)/ns/(mnt|user)");

  private static final Rule SLASH =
      Rule.of(
          "openat.slash",
          EISDIR,
          "O_CREAT is given and a slash is behind the last component",
          "open_last_lookups() in fs/namei.c");

  /** Of a file system before, and of a mount after what the mode allows (sb_permission()). */
  private static final Rule READ_ONLY =
      Rule.of(
          "openat.read-only",
          EROFS,
          "it is to be written or created on a read-only mount or file system",
          ERRORS);

  private static final Rule NOT_INSPECTED =
      Rule.of(
          "openat.namespace-permission",
          EACCES,
          "a namespace of a task is opened that the caller may not inspect",
          "namespaces(7), The /proc/pid/ns/ directory; ptrace(2), Ptrace access mode checking");

  static final Procedure<OpenCall> PROCEDURE =
      Procedure.<OpenCall>of("openat")
          .find("it is a file of /proc/PID/ns", List.of(NOT_INSPECTED), call -> {})
          .done(
              new Branch(
                  "openat.namespace",
                  "a file of /proc/PID/ns refers to the namespace itself",
                  "namespaces(7), The /proc/pid/ns/ directory"),
              OpenCall::isNamespace,
              OpenCall::openNamespace)
          .find("pathname is looked up", PathArgument.CLAUSES, OpenCall::find)
          .find("O_CREAT wants no slash at the end", List.of(SLASH), call -> {})
          .check(
              Rule.of(
                  "openat.exists", EEXIST, "O_CREAT and O_EXCL are given and it exists", ERRORS),
              call -> call.has(OpenFlag.O_CREAT) && call.has(OpenFlag.O_EXCL) && call.exists())
          .check(
              Rule.of(
                  "openat.no-directory", ENOTDIR, "O_DIRECTORY is given and it is none", ERRORS),
              call ->
                  call.has(OpenFlag.O_DIRECTORY)
                      && call.exists()
                      && !call.place.get().node().isDirectory())
          .done(
              new Branch("openat.path", "O_PATH: a descriptor of the place", "open(2), O_PATH"),
              call -> call.has(OpenFlag.O_PATH),
              call -> call.open(call.place.get()))
          .check(
              Rule.of(
                  "openat.link", ELOOP, "O_NOFOLLOW is given and it is a symbolic link", ERRORS),
              call -> call.exists() && call.place.get().node().kind == Node.Kind.LINK)
          .check(
              Rule.of(
                  "openat.directory",
                  EISDIR,
                  "it is a directory, and is to be written or created",
                  ERRORS),
              call ->
                  call.exists()
                      && call.place.get().node().isDirectory()
                      && (call.writes() || call.has(OpenFlag.O_CREAT)))
          .check(
              Rule.of(
                  "openat.removed", ENOENT, "it is to be created in a removed directory", ERRORS),
              call -> !call.exists() && call.last.get().parent().node().removed)
          .check(
              Rule.of(
                  "openat.nullfs",
                  ENOENT,
                  "it is to be created on a nullfs",
                  "empty_dir_lookup() in fs/libfs.c"),
              call -> !call.exists() && call.last.get().parent().node().fs.type.equals("nullfs"))
          .check(
              READ_ONLY,
              call -> call.creates ? call.isReadOnly() : call.writes() && call.isOnReadOnly())
          .check(
              Rule.of(
                  "openat.permission",
                  EACCES,
                  "the mode does not allow the caller to read or write it, or to create it",
                  ERRORS),
              OpenCall::isNotAllowed)
          .check(READ_ONLY, OpenCall::isReadOnly)
          .effect(
              new Branch("openat.opens", "the file, created if need be, is open", "open(2)"),
              OpenCall::openFile);

  private final Found<Place> place = new Found<>();
  private final Found<Last> last = new Found<>();
  private boolean creates;

  OpenCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private boolean has(OpenFlag flag) {
    return (bits(2) & flag.bit()) == flag.bit();
  }

  private boolean writes() {
    return (bits(2) & 3) != 0;
  }

  private boolean exists() {
    return !creates;
  }

  private boolean isNamespace() {
    Value value = argument(1);
    return value instanceof Value.OfTask of
        ? of.file().startsWith("ns/")
        : value instanceof Value.Text text && NAMESPACE.matcher(text.text()).matches();
  }

  private void openNamespace() {
    Matcher matcher = NAMESPACE.matcher(path(1).text());
    Place proc =
        new PathArgument(state, task, null, new Value.Text("/proc"), false).resolve(true, true);
    if (!matcher.matches() || !proc.node().fs.type.equals("proc")) {
      throw new Inexpressible("the namespace of another kind or without /proc");
    }
    if (proc.mount().options.contains(MountOption.NO_SYMLINK_FOLLOW)) {
      throw new Refused(Walk.NO_SYMLINK_FOLLOW);
    }
    String name = matcher.group(1);
    Task of =
        name.equals("thread-self") || (name.equals("self") && task.process)
            ? task
            : state.task(PathArgument.task(name));
    if (!task.mayInspect(of)) {
      throw new Refused(NOT_INSPECTED);
    }
    OpenFile file = open();
    if (matcher.group(2).equals("mnt")) {
      file.namespace = of.namespace;
    } else {
      file.userNamespace = of.userNamespace;
    }
  }

  private void find() {
    boolean follow = !has(OpenFlag.O_NOFOLLOW) && !(has(OpenFlag.O_CREAT) && has(OpenFlag.O_EXCL));
    if (has(OpenFlag.O_TMPFILE)) {
      throw new Inexpressible("O_TMPFILE");
    }
    PathArgument path = path(0, 1, false);
    if (has(OpenFlag.O_CREAT) && !has(OpenFlag.O_PATH)) {
      Last found = path.parent();
      if (found.kind() == Last.Kind.NORMAL && found.slash()) {
        throw new Refused(SLASH);
      }
      if (found.kind() == Last.Kind.NORMAL && found.node() == null && !found.slash()) {
        last.is(found);
        creates = true;
        return;
      }
    }
    place.is(path.resolve(follow, false));
  }

  private boolean isNotAllowed() {
    if (creates) {
      return !task.may(last.get().parent().node(), 3);
    }
    Node node = place.get().node();
    if (node.kind == Node.Kind.SPECIAL || (node.unknown && !node.isDirectory())) {
      throw new Inexpressible("opening a fifo or device");
    }
    int access = (int) bits(2) & 3;
    return !task.may(node, access == 0 ? 4 : access == 1 ? 2 : 6);
  }

  private boolean isOnReadOnly() {
    return place.get().node().fs.readOnly;
  }

  private boolean isReadOnly() {
    Place at = creates ? last.get().parent() : place.get();
    boolean readOnly = at.node().fs.readOnly || at.mount().options.contains(MountOption.READ_ONLY);
    return readOnly && (creates || writes());
  }

  private void open(Place at) {
    OpenFile file = open();
    file.place = at;
    file.isPath = has(OpenFlag.O_PATH);
    file.writes = writes() && !file.isPath;
  }

  private void openFile() {
    if (creates) {
      Place parent = last.get().parent();
      Node made =
          parent
              .node()
              .fs
              .make(Node.Kind.FILE, (int) bits(3) & ~task.fs.mask, task.uid, task.gid, null);
      made.enter(parent.node(), last.get().name());
      open(new Place(parent.mount(), made));
    } else {
      open(place.get());
    }
  }
}
