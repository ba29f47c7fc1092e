package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EISDIR;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.ENOTEMPTY;
import static org.pivotroot.tck.model.call.Errno.EXDEV;

import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** rename(2). */
final class Rename extends Attempt {
  private static final String ERRORS = "rename(2), ERRORS";

  static final Procedure<Rename> PROCEDURE =
      Procedure.<Rename>of("rename")
          .find(
              "all but the last component of oldpath is looked up",
              PathArgument.CLAUSES,
              call -> call.from.is(call.path(0).parent()))
          .find(
              "all but the last component of newpath is looked up",
              PathArgument.CLAUSES,
              call -> call.to.is(call.path(1).parent()))
          .check(
              Rule.of(
                  "rename.other-mount",
                  EXDEV,
                  "the two directories are not on the same mount, be it of the same file system",
                  ERRORS),
              call -> call.from.get().parent().mount() != call.to.get().parent().mount())
          .check(
              Rule.of(
                  "rename.no-name", EBUSY, "a path is / or ends with . or ..", "do_renameat2()"),
              call ->
                  call.from.get().kind() != Last.Kind.NORMAL
                      || call.to.get().kind() != Last.Kind.NORMAL)
          .check(Entry.readOnly("rename"), call -> call.source().isReadOnly())
          .check(Entry.missing("rename"), call -> call.source().isMissing())
          .check(
              Rule.of(
                  "rename.below-itself",
                  EINVAL,
                  "the new path is below the old one",
                  ERRORS + "; lock_rename()"),
              call -> call.source().isDirectory() && isAbove(call.source(), call.target()))
          .check(
              Rule.of(
                  "rename.above-itself",
                  ENOTEMPTY,
                  "the old path is below the new one",
                  "lock_rename() in fs/namei.c"),
              call -> call.target().isDirectory() && isAbove(call.target(), call.source()))
          .check(
              Rule.of(
                  "rename.slash",
                  ENOTDIR,
                  "a slash follows a path, and the old is none of a" + " directory",
                  ERRORS),
              call ->
                  !call.source().isDirectory()
                      && (call.from.get().slash() || call.to.get().slash()))
          .done(
              new Branch("rename.same", "both are the same: nothing is done", "rename(2)"),
              call -> call.source().node() == call.target().node(),
              call -> {})
          .check(Entry.notWritable("rename"), call -> call.source().isNotWritable())
          .check(
              Entry.sticky("rename"),
              call -> !call.source().isMissing() && call.source().isSticky())
          .check(
              Rule.of("rename.removed", ENOENT, "the new directory was removed", "may_create()"),
              call -> call.target().directory().removed)
          .check(Entry.notWritable("rename"), call -> call.target().isNotWritable())
          .check(
              Entry.sticky("rename"),
              call -> !call.target().isMissing() && call.target().isSticky())
          .check(
              Rule.of(
                  "rename.directory-over-file",
                  ENOTDIR,
                  "a directory is to replace something else",
                  ERRORS),
              call ->
                  call.source().isDirectory()
                      && !call.target().isMissing()
                      && !call.target().isDirectory())
          .check(
              Rule.of(
                  "rename.file-over-directory",
                  EISDIR,
                  "something else is to replace a directory",
                  ERRORS),
              call -> !call.source().isDirectory() && call.target().isDirectory())
          .check(
              Entry.busy("rename"),
              call ->
                  call.source().isMountPoint()
                      || (!call.target().isMissing() && call.target().isMountPoint()))
          .check(
              Entry.notEmpty("rename"),
              call -> call.target().isDirectory() && !call.target().node().children.isEmpty())
          .effect(
              new Branch(
                  "rename.moves",
                  "it is moved in all mounts at once, and what was there is removed",
                  "rename(2)"),
              call -> call.source().move(call.target()));

  private final Found<Last> from = new Found<>();
  private final Found<Last> to = new Found<>();

  Rename(State state, Task task, Call call) {
    super(state, task, call);
  }

  private Entry source() {
    return new Entry(state, task, from.get());
  }

  private Entry target() {
    return new Entry(state, task, to.get());
  }

  private static boolean isAbove(Entry upper, Entry lower) {
    return lower.directory().isAtOrBelow(upper.node());
  }
}
