package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EFAULT;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENAMETOOLONG;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ERANGE;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** The getcwd system call, and getcwd(3) and getwd(3), which call it. */
final class Getcwd extends Attempt {
  private static final int PATH_MAX = 4096;
  private static final String ERRORS = "getcwd(3), ERRORS";

  private static final Branch WRITES =
      new Branch(
          "getcwd.writes",
          "the path from the root of the caller is written, or, after \"(unreachable)\", as far as"
              + " one gets from the working directory by going up",
          "getcwd(3), DESCRIPTION");

  static final Procedure<Getcwd> SYSTEM_CALL =
      Procedure.<Getcwd>of("getcwd")
          .check(
              Rule.of("getcwd.removed", ENOENT, "the working directory was removed", ERRORS),
              call -> call.task.fs.cwd.node().removed)
          .find("the path is made", List.of(), Getcwd::find)
          .check(
              Rule.of(
                  "getcwd.too-long",
                  ENAMETOOLONG,
                  "the path has 4096 bytes or more, the null byte included",
                  "getcwd() in fs/d_path.c"),
              call -> call.size() > PATH_MAX)
          .check(
              Rule.of(
                  "getcwd.small-buffer",
                  ERANGE,
                  "size is less than the path with its null byte takes",
                  ERRORS),
              call -> call.size() > call.bits(1))
          .check(
              Rule.of("getcwd.bad-address", EFAULT, "buf is no address of the caller's", ERRORS),
              call -> call.argument(0) instanceof Value.BadAddress)
          .effect(WRITES, Getcwd::write);

  static final Procedure<Getcwd> FUNCTION =
      Procedure.<Getcwd>of("getcwd(3)")
          .check(
              Rule.of(
                  "getcwd(3).no-size",
                  EINVAL,
                  "size is 0 and buf is not a null pointer",
                  ERRORS + ", EINVAL"),
              call -> !call.allocates() && call.bits(1) == 0)
          .part(libraryChecks("getcwd(3)"), call -> call)
          .check(
              Rule.of("getcwd(3).bad-address", EFAULT, "buf is no address of the caller's", ERRORS),
              call -> call.argument(0) instanceof Value.BadAddress)
          .check(
              Rule.of(
                  "getcwd(3).small-buffer",
                  ERANGE,
                  "size is less than the path with its null byte takes, and not 0",
                  ERRORS),
              call -> call.size() > call.bits(1) && call.bits(1) != 0)
          .effect(WRITES, Getcwd::write);

  static final Procedure<Getcwd> OLD_FUNCTION =
      Procedure.<Getcwd>of("getwd(3)")
          .check(
              Rule.of("getwd(3).null", EINVAL, "buf is a null pointer", ERRORS + ", EINVAL"),
              call -> call.allocates())
          .part(libraryChecks("getwd(3)"), call -> call)
          .effect(WRITES, Getcwd::write);

  private final Found<PathText> text = new Found<>();

  Getcwd(State state, Task task, Call call) {
    super(state, task, call);
  }

  private static Procedure<Getcwd> libraryChecks(String function) {
    return Procedure.<Getcwd>of("the system call and what the C library makes of it")
        .check(
            Rule.of(function + ".removed", ENOENT, "the working directory was removed", ERRORS),
            call -> call.task.fs.cwd.node().removed)
        .check(
            Rule.of(
                function + ".unreachable",
                ENOENT,
                "the system call tells no path from the root, and going up by .. leads to no"
                    + " directory that is the root's, through whichever mount",
                "getcwd(3), DESCRIPTION (glibc 2.27); sysdeps/posix/getcwd.c of glibc"),
            call ->
                !PathText.of(call.task.fs.cwd, call.task.fs.root).reachable()
                    && LibraryPath.of(call.state, call.task).isEmpty())
        .find("the path is made", List.of(), Getcwd::findByLibrary);
  }

  private void find() {
    text.is(PathText.of(task.fs.cwd, task.fs.root));
  }

  private void findByLibrary() {
    PathText path = PathText.of(task.fs.cwd, task.fs.root);
    text.is(
        path.reachable() ? path : new PathText(LibraryPath.of(state, task).orElseThrow(), true));
  }

  private boolean allocates() {
    return argument(0) instanceof Value.Null;
  }

  /** With the null byte. */
  private int size() {
    return text.get().marked().getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private void write() {
    String path = text.get().marked();
    if (allocates()) {
      result = new Result.Allocated(path, 0);
    } else if (argument(0) instanceof Value.Buffer buffer
        && buffer.holds() == Value.Holds.TOUCHED) {
      result = new Result.Touched(size(), path, size());
    } else {
      result = new Result.Wrote(path);
    }
  }
}
