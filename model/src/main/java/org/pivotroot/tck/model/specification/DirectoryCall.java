package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** chdir(2), fchdir(2) and chroot(2): the root or working directory becomes another directory. */
final class DirectoryCall extends Attempt {
  static final Procedure<DirectoryCall> CHDIR =
      Procedure.<DirectoryCall>of("chdir")
          .find("path is looked up", PathArgument.CLAUSES, DirectoryCall::lookUp)
          .check(
              Rule.of(
                  "chdir.not-searchable",
                  EACCES,
                  "the caller may not search the directory itself",
                  "chdir(2), ERRORS; ksys_chdir() in fs/open.c"),
              DirectoryCall::isNotSearchable)
          .effect(
              new Branch(
                  "chdir.changes",
                  "the working directory of the caller, and of all that share it, is changed",
                  "chdir(2); clone(2), CLONE_FS"),
              call -> call.task.fs.cwd = call.place.get());

  static final Procedure<DirectoryCall> FCHDIR =
      Procedure.<DirectoryCall>of("fchdir")
          .check(
              Rule.of("fchdir.bad-descriptor", EBADF, "fd is no descriptor", "chdir(2), ERRORS"),
              call -> call.file(0) == null)
          .find("fd refers to a place", List.of(), DirectoryCall::takeFile)
          .check(
              Rule.of(
                  "fchdir.not-directory", ENOTDIR, "fd refers to no directory", "chdir(2), ERRORS"),
              call -> !call.place.get().node().isDirectory())
          .check(
              Rule.of(
                  "fchdir.not-searchable",
                  EACCES,
                  "the caller may not search the directory",
                  "chdir(2), ERRORS"),
              DirectoryCall::isNotSearchable)
          .effect(
              new Branch(
                  "fchdir.changes",
                  "the working directory of the caller, and of all that share it, is changed",
                  "chdir(2)"),
              call -> call.task.fs.cwd = call.place.get());

  static final Procedure<DirectoryCall> CHROOT =
      Procedure.<DirectoryCall>of("chroot")
          .find("path is looked up", PathArgument.CLAUSES, DirectoryCall::lookUp)
          .check(
              Rule.of(
                  "chroot.not-searchable",
                  EACCES,
                  "the caller may not search the directory itself",
                  "chroot(2), ERRORS; ksys_chroot() in fs/open.c"),
              DirectoryCall::isNotSearchable)
          .check(
              Rule.of(
                  "chroot.permission",
                  EPERM,
                  "the caller lacks CAP_SYS_CHROOT in its user namespace",
                  "chroot(2), ERRORS"),
              call -> !call.task.isCapable(call.task.userNamespace, Capability.CAP_SYS_CHROOT))
          .effect(
              new Branch(
                  "chroot.changes",
                  "the root of the caller, and of all that share it, is changed and nothing else",
                  "chroot(2)"),
              call -> call.task.fs.root = call.place.get());

  private final Found<Place> place = new Found<>();

  DirectoryCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private void lookUp() {
    place.is(path(0).resolve(true, true));
  }

  private void takeFile() {
    OpenFile file = file(0);
    if (file != null) {
      if (file.place == null) {
        throw new Inexpressible("fchdir(2) to what is no file");
      }
      place.is(file.place);
    }
  }

  private boolean isNotSearchable() {
    return !task.may(place.get().node(), 1);
  }
}
