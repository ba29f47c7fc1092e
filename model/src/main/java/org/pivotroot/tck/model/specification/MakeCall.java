package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EEXIST;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.function.Consumer;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.FileType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** mkdir(2), mknod(2) and symlink(2). */
final class MakeCall extends Attempt {
  static final Procedure<MakeCall> MKDIR =
      checks("mkdir")
          .effect(
              new Branch("mkdir.makes", "an empty directory is made", "mkdir(2)"),
              call -> call.entry().make(Node.Kind.DIRECTORY, (int) call.bits(1) & 01777, null));

  static final Procedure<MakeCall> MKNOD =
      checks("mknod")
          .check(
              Rule.of(
                  "mknod.device-permission",
                  EPERM,
                  "a device is to be made and the caller lacks CAP_MKNOD in the initial user"
                      + " namespace",
                  "mknod(2), ERRORS"),
              call ->
                  call.type() == FileType.S_IFCHR.bit()
                      && !(call.task.userNamespace.parent() == null
                          && call.task.effective.contains(Capability.CAP_MKNOD)))
          .effect(
              new Branch("mknod.makes", "a file, fifo or device is made", "mknod(2)"),
              MakeCall::makeNode);

  static final Procedure<MakeCall> SYMLINK =
      checks("symlink")
          .effect(
              new Branch("symlink.makes", "a symbolic link is made", "symlink(2)"),
              call ->
                  call.entry().make(Node.Kind.LINK, 0777 | call.task.fs.mask, call.path(0).text()));

  private final Found<Last> last = new Found<>();

  MakeCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private static Procedure<MakeCall> checks(String name) {
    Consumer<MakeCall> find = call -> call.last.is(call.pathArgument().parent());
    return Procedure.<MakeCall>of(name)
        .find("all but the last component is looked up", PathArgument.CLAUSES, find)
        .check(
            Rule.of(
                name + ".exists",
                EEXIST,
                "the path ends with a component that exists, is . or .., or has none",
                name + "(2), ERRORS; filename_create() in fs/namei.c"),
            call -> call.last.get().kind() != Last.Kind.NORMAL || !call.entry().isMissing())
        .check(
            Rule.of(
                name + ".slash",
                ENOENT,
                "a slash follows the name of what is to be no directory",
                "filename_create() in fs/namei.c"),
            call -> call.call.callee() != Syscall.MKDIR && call.last.get().slash())
        .check(
            Rule.of(
                name + ".removed",
                ENOENT,
                "the directory was removed",
                name + "(2), ERRORS; may_create() in fs/namei.c"),
            call -> call.entry().directory().removed)
        .check(
            Rule.of(name + ".nullfs", ENOENT, "nothing can be made in a nullfs", "fs/nullfs.c"),
            call -> call.entry().directory().fs.type.equals("nullfs"))
        .check(Entry.readOnly(name), call -> call.entry().isReadOnly())
        .check(Entry.notWritable(name), call -> call.entry().isNotWritable());
  }

  private PathArgument pathArgument() {
    return path(call.callee() == Syscall.SYMLINK ? 1 : 0);
  }

  private Entry entry() {
    return new Entry(state, task, last.get());
  }

  private long type() {
    return bits(1) & 0170000;
  }

  private void makeNode() {
    boolean regular = type() == 0 || type() == FileType.S_IFREG.bit();
    entry().make(regular ? Node.Kind.FILE : Node.Kind.SPECIAL, (int) bits(1) & 07777, null);
  }
}
