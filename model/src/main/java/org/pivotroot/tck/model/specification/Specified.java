package org.pivotroot.tck.model.specification;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** A callee with its procedure, and what makes the thing that the procedure works on. */
record Specified<C extends Attempt>(Procedure<C> procedure, Maker<C> maker) {

  interface Maker<C> {
    C attempt(State state, Task task, Call call);
  }

  static final Map<Callee, Specified<?>> ALL =
      Map.ofEntries(
          Map.entry(Syscall.PIVOT_ROOT, new Specified<>(PivotRoot.PROCEDURE, PivotRoot::new)),
          Map.entry(Syscall.CHROOT, new Specified<>(DirectoryCall.CHROOT, DirectoryCall::new)),
          Map.entry(Syscall.CHDIR, new Specified<>(DirectoryCall.CHDIR, DirectoryCall::new)),
          Map.entry(Syscall.FCHDIR, new Specified<>(DirectoryCall.FCHDIR, DirectoryCall::new)),
          Map.entry(Syscall.GETCWD, new Specified<>(Getcwd.SYSTEM_CALL, Getcwd::new)),
          Map.entry(LibraryFunction.GETCWD, new Specified<>(Getcwd.FUNCTION, Getcwd::new)),
          Map.entry(LibraryFunction.GETWD, new Specified<>(Getcwd.OLD_FUNCTION, Getcwd::new)),
          Map.entry(Syscall.UMOUNT2, new Specified<>(Umount.PROCEDURE, Umount::new)),
          Map.entry(Syscall.MOUNT, new Specified<>(MountCall.PROCEDURE, MountCall::new)),
          Map.entry(Syscall.OPEN_TREE, new Specified<>(TreeCall.OPEN_TREE, TreeCall::new)),
          Map.entry(Syscall.MOVE_MOUNT, new Specified<>(MoveMount.PROCEDURE, MoveMount::new)),
          Map.entry(Syscall.MOUNT_SETATTR, new Specified<>(TreeCall.MOUNT_SETATTR, TreeCall::new)),
          Map.entry(Syscall.UNSHARE, new Specified<>(NamespaceCall.UNSHARE, NamespaceCall::new)),
          Map.entry(Syscall.SETNS, new Specified<>(NamespaceCall.SETNS, NamespaceCall::new)),
          Map.entry(Syscall.CLONE, new Specified<>(NamespaceCall.CLONE, NamespaceCall::new)),
          Map.entry(Syscall.CLONE3, new Specified<>(NamespaceCall.CLONE, NamespaceCall::new)),
          Map.entry(Syscall.MKDIR, new Specified<>(MakeCall.MKDIR, MakeCall::new)),
          Map.entry(Syscall.MKNOD, new Specified<>(MakeCall.MKNOD, MakeCall::new)),
          Map.entry(Syscall.SYMLINK, new Specified<>(MakeCall.SYMLINK, MakeCall::new)),
          Map.entry(Syscall.RMDIR, new Specified<>(RemoveCall.RMDIR, RemoveCall::new)),
          Map.entry(Syscall.UNLINK, new Specified<>(RemoveCall.UNLINK, RemoveCall::new)),
          Map.entry(Syscall.RENAME, new Specified<>(Rename.PROCEDURE, Rename::new)),
          Map.entry(Syscall.OPENAT, new Specified<>(OpenCall.PROCEDURE, OpenCall::new)),
          Map.entry(Syscall.CLOSE, new Specified<>(LookCall.CLOSE, LookCall::new)),
          Map.entry(Syscall.STATX, new Specified<>(LookCall.STATX, LookCall::new)),
          Map.entry(Syscall.READLINK, new Specified<>(LookCall.READLINK, LookCall::new)),
          Map.entry(
              Syscall.SETRESUID, new Specified<>(CredentialCall.SETRESUID, CredentialCall::new)),
          Map.entry(Syscall.CAPSET, new Specified<>(CredentialCall.CAPSET, CredentialCall::new)),
          Map.entry(Syscall.PRCTL, new Specified<>(CredentialCall.PRCTL, CredentialCall::new)),
          Map.entry(Syscall.UMASK, new Specified<>(CredentialCall.UMASK, CredentialCall::new)),
          Map.entry(
              Syscall.INOTIFY_INIT1,
              new Specified<>(DescriptorCall.INOTIFY_INIT, DescriptorCall::new)),
          Map.entry(
              Syscall.FANOTIFY_INIT,
              new Specified<>(DescriptorCall.FANOTIFY_INIT, DescriptorCall::new)),
          Map.entry(Syscall.IOCTL, new Specified<>(DescriptorCall.IOCTL, DescriptorCall::new)));

  /** Makes the call; a {@link org.pivotroot.tck.model.specification.rule.Refused} for failure. */
  C run(State state, Task task, Call call) {
    C attempt = maker.attempt(state, task, call);
    procedure.run(attempt);
    return attempt;
  }

  List<Rule> failing(State state, Task task, Call call) {
    Set<Rule> failing = new LinkedHashSet<>();
    procedure.examine(maker.attempt(state, task, call), failing::add);
    return List.copyOf(failing);
  }
}
