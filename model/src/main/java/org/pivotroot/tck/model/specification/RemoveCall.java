package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EISDIR;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.ENOTEMPTY;

import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** rmdir(2) and unlink(2). */
final class RemoveCall extends Attempt {
  private static final String RMDIR_ERRORS = "rmdir(2), ERRORS";
  private static final String UNLINK_ERRORS = "unlink(2), ERRORS";

  static final Procedure<RemoveCall> RMDIR =
      Procedure.<RemoveCall>of("rmdir")
          .find("all but the last component is looked up", PathArgument.CLAUSES, RemoveCall::find)
          .check(
              Rule.of("rmdir.dot", EINVAL, "the path ends with .", RMDIR_ERRORS),
              call -> call.last.get().kind() == Last.Kind.DOT)
          .check(
              Rule.of("rmdir.dot-dot", ENOTEMPTY, "the path ends with ..", RMDIR_ERRORS),
              call -> call.last.get().kind() == Last.Kind.DOT_DOT)
          .check(
              Rule.of("rmdir.root", EBUSY, "the path is /", RMDIR_ERRORS),
              call -> call.last.get().kind() == Last.Kind.ROOT)
          .check(Entry.readOnly("rmdir"), call -> call.entry().isReadOnly())
          .check(Entry.missing("rmdir"), call -> call.entry().isMissing())
          .check(Entry.notWritable("rmdir"), call -> call.entry().isNotWritable())
          .check(
              Entry.sticky("rmdir"), call -> !call.entry().isMissing() && call.entry().isSticky())
          .check(
              Rule.of("rmdir.no-directory", ENOTDIR, "it is no directory", RMDIR_ERRORS),
              call -> !call.entry().isDirectory())
          .check(Entry.busy("rmdir"), call -> call.entry().isMountPoint())
          .check(
              Entry.notEmpty("rmdir"),
              call -> call.entry().isDirectory() && !call.entry().node().children.isEmpty())
          .effect(
              new Branch("rmdir.removes", "the directory is removed in all mounts", "rmdir(2)"),
              call -> call.entry().remove());

  static final Procedure<RemoveCall> UNLINK =
      Procedure.<RemoveCall>of("unlink")
          .find("all but the last component is looked up", PathArgument.CLAUSES, RemoveCall::find)
          .check(
              Rule.of(
                  "unlink.no-name", EISDIR, "the path is / or ends with . or ..", UNLINK_ERRORS),
              call -> call.last.get().kind() != Last.Kind.NORMAL)
          .check(Entry.readOnly("unlink"), call -> call.entry().isReadOnly())
          .check(Entry.missing("unlink"), call -> call.entry().isMissing())
          .check(
              Rule.of(
                  "unlink.slash", ENOTDIR, "a slash follows what is no directory", UNLINK_ERRORS),
              call -> call.last.get().slash() && !call.entry().isDirectory())
          .check(
              Rule.of(
                  "unlink.slash-directory", EISDIR, "a slash follows a directory", UNLINK_ERRORS),
              call -> call.last.get().slash() && call.entry().isDirectory())
          .check(Entry.notWritable("unlink"), call -> call.entry().isNotWritable())
          .check(
              Entry.sticky("unlink"), call -> !call.entry().isMissing() && call.entry().isSticky())
          .check(
              Rule.of("unlink.directory", EISDIR, "it is a directory", UNLINK_ERRORS),
              call -> call.entry().isDirectory())
          .check(Entry.busy("unlink"), call -> call.entry().isMountPoint())
          .effect(
              new Branch("unlink.removes", "the file is removed in all mounts", "unlink(2)"),
              call -> call.entry().remove());

  private final Found<Last> last = new Found<>();

  RemoveCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private void find() {
    last.is(path(0).parent());
  }

  private Entry entry() {
    return new Entry(state, task, last.get());
  }
}
