package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EFAULT;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOTDIR;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Procedure.Choice;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** mount(2), which the flags make one of several calls (path_mount() in fs/namespace.c). */
final class MountCall extends Attempt {
  private static final String ERRORS = "mount(2), ERRORS";

  private static final Rule NO_MOUNT =
      Rule.of("mount.not-mount-point", EINVAL, "target is no mount point", ERRORS);
  private static final Rule OTHER_NAMESPACE =
      Rule.of(
          "mount.other-namespace",
          EINVAL,
          "target is not in the mount namespace of the caller",
          "check_mnt() in fs/namespace.c");
  private static final Rule LOCKED_OPTIONS =
      Rule.of(
          "mount.locked-options",
          EPERM,
          "an option that is locked would be taken away or changed",
          ERRORS + ", EPERM; mount_namespaces(7)");
  private static final Rule WRITERS =
      Rule.of(
          "mount.writers",
          EBUSY,
          "it would become read-only, and a file on it is open for writing",
          ERRORS);

  private static final Procedure<MountCall> REMOUNT_BIND =
      Procedure.<MountCall>of("MS_REMOUNT and MS_BIND: other options")
          .check(OTHER_NAMESPACE, call -> call.isForeign(call.target.get().mount()))
          .check(NO_MOUNT, call -> !call.target.get().isMountRoot())
          .check(LOCKED_OPTIONS, MountCall::changesLocked)
          .check(WRITERS, call -> call.has(MountFlag.MS_RDONLY) && call.hasWriters())
          .effect(
              new Branch(
                  "mount.remounts-bind", "the mount has these options and no others", "mount(2)"),
              MountCall::setOptions);

  private static final Procedure<MountCall> REMOUNT =
      Procedure.<MountCall>of("MS_REMOUNT: other options of mount and file system")
          .check(OTHER_NAMESPACE, call -> call.isForeign(call.target.get().mount()))
          .check(NO_MOUNT, call -> !call.target.get().isMountRoot())
          .check(LOCKED_OPTIONS, MountCall::changesLocked)
          .check(
              Rule.of(
                      "mount.remount-nullfs",
                      EINVAL,
                      "the file system is a nullfs",
                      "SB_NOUSER in fs_context_for_reconfigure(), fs/fs_context.c")
                  .since(Switch.NULLFS_STAYS_WRITABLE),
              call -> call.target.get().mount().fs.type.equals("nullfs"))
          .check(
              Rule.of(
                  "mount.remount-permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace of whoever mounted the file"
                      + " system",
                  "do_remount() in fs/namespace.c"),
              call ->
                  !call.task.isCapable(
                      call.target.get().mount().fs.owner, Capability.CAP_SYS_ADMIN))
          .check(
              WRITERS,
              call ->
                  call.has(MountFlag.MS_RDONLY)
                      && call.state.hasWriters(call.target.get().mount().fs))
          .check(
              Rule.of(
                  "mount.remount-has-removed",
                  EBUSY,
                  "the file system would become read-only, and holds a removed object that is still"
                      + " in use",
                  "s_remove_count in sb_prepare_remount_readonly(), fs/namespace.c"),
              call ->
                  call.has(MountFlag.MS_RDONLY)
                      && !call.target.get().mount().fs.readOnly
                      && call.state.keepsRemoved(call.target.get().mount().fs))
          .effect(
              new Branch("mount.remounts", "mount and file system have these options", "mount(2)"),
              call -> {
                call.setOptions();
                call.target.get().mount().fs.readOnly = call.has(MountFlag.MS_RDONLY);
              });

  private static final Procedure<MountCall> BIND =
      Procedure.<MountCall>of("MS_BIND: a copy of what is mounted elsewhere")
          .check(
              Rule.of("mount.no-source", EINVAL, "source is a null pointer or empty", ERRORS),
              MountCall::hasNoSource)
          .find(
              "source is looked up",
              PathArgument.CLAUSES,
              call -> call.source.is(call.path(0).resolve(true, false)))
          .part(Lock.PROCEDURE, call -> call.lock)
          .done(
              new Branch(
                  "mount.bind-elsewhere",
                  "in another mount namespace, nothing is mounted",
                  "seen on 6.17.8 and 6.17.13; do_loopback() in fs/namespace.c"),
              call ->
                  call.state.kernel().has(Switch.BIND_ELSEWHERE_IS_NOTHING)
                      && call.isForeign(call.lock.target().mount()),
              call -> {})
          .check(OTHER_NAMESPACE, call -> call.isForeign(call.lock.target().mount()))
          .part(Copying.PROCEDURE, call -> call.copying)
          .check(
              Rule.of(
                  "mount.bind-nullfs",
                  EINVAL,
                  "the copy is of a nullfs, which users cannot mount",
                  "SB_NOUSER in graft_tree() and fs/nullfs.c"),
              call -> call.copying.copy().fs.type.equals("nullfs"))
          .check(
              Rule.of(
                  "mount.other-kind",
                  ENOTDIR,
                  "one of source and target is a directory and the other is not",
                  ERRORS + ", ENOTDIR"),
              call ->
                  call.source.get().node().isDirectory() != call.lock.target().node().isDirectory())
          .check(Moving.ROOT_REMOVED, call -> call.copying.copy().top().root.removed)
          .effect(
              new Branch("mount.binds", "the copy is put on the target", "mount(2)"),
              call ->
                  Attachment.of(call.state, call.task, call.copying.copy(), call.lock.target()));

  private static final Procedure<MountCall> TYPE =
      Procedure.<MountCall>of("a propagation type: another one")
          .check(NO_MOUNT, call -> !call.target.get().isMountRoot())
          .check(
              Rule.of(
                  "mount.several-types",
                  EINVAL,
                  "there are several propagation types, or flags besides MS_REC and MS_SILENT",
                  ERRORS + ", EINVAL"),
              call -> call.type() == null)
          .check(
              Rule.of(
                  "mount.type-unmounted",
                  EINVAL,
                  "the mount is in no namespace",
                  "may_change_propagation() in fs/namespace.c"),
              call -> call.target.get().mount().namespace == null)
          .check(
              Rule.of(
                  "mount.type-permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns the namespace of"
                      + " the mount",
                  "may_change_propagation() in fs/namespace.c"),
              call ->
                  call.target.get().mount().namespace != null
                      && !call.task.isCapable(
                          call.target.get().mount().namespace.owner, Capability.CAP_SYS_ADMIN))
          .effect(
              new Branch(
                  "mount.changes-type",
                  "the mount has this type, with MS_REC all below have it too",
                  "mount(2), Changing the propagation type"),
              MountCall::changeType);

  private static final Procedure<MountCall> MOVE =
      Procedure.<MountCall>of("MS_MOVE: a move")
          .check(
              Rule.of("mount.no-source", EINVAL, "source is a null pointer or empty", ERRORS),
              MountCall::hasNoSource)
          .find(
              "source is looked up",
              PathArgument.CLAUSES,
              call -> call.source.is(call.path(0).resolve(true, false)))
          .part(Moving.PROCEDURE, call -> call.moving);

  private static final Procedure<MountCall> NEW =
      Procedure.<MountCall>of("none of these: a new file system")
          .check(
              Rule.of(
                  "mount.no-type", EINVAL, "filesystemtype is a null pointer", "do_new_mount()"),
              call -> call.argument(2) instanceof Value.Null)
          .find("the file system is tmpfs", List.of(), MountCall::checkTmpfs)
          .check(
              Rule.of(
                  "mount.new-permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in its own user namespace",
                  "mount_capable() in fs/super.c"),
              call -> !call.task.isCapable(call.task.userNamespace, Capability.CAP_SYS_ADMIN))
          .part(Lock.PROCEDURE, call -> call.lock)
          .check(OTHER_NAMESPACE, call -> call.isForeign(call.lock.target().mount()))
          .check(
              Rule.of("mount.not-directory", ENOTDIR, "target is no directory", ERRORS),
              call -> !call.lock.target().node().isDirectory())
          .effect(
              new Branch("mount.mounts", "an empty file system is put on the target", "mount(2)"),
              MountCall::mountNew);

  static final Procedure<MountCall> PROCEDURE =
      Procedure.<MountCall>of("mount")
          .check(
              Rule.of(
                  "mount.bad-address",
                  EFAULT,
                  "source or filesystemtype is no address of the caller's",
                  ERRORS),
              call ->
                  call.argument(0) instanceof Value.BadAddress
                      || call.argument(2) instanceof Value.BadAddress)
          .find(
              "target is looked up",
              PathArgument.CLAUSES,
              call -> call.target.is(call.path(1).resolve(true, false)))
          .check(
              Rule.of(
                  "mount.permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns its mount"
                      + " namespace",
                  ERRORS),
              call -> !call.mayMount())
          .choose(
              new Choice<>(
                  "MS_REMOUNT and MS_BIND",
                  call -> call.has(MountFlag.MS_REMOUNT) && call.has(MountFlag.MS_BIND),
                  REMOUNT_BIND),
              new Choice<>("MS_REMOUNT", call -> call.has(MountFlag.MS_REMOUNT), REMOUNT),
              new Choice<>("MS_BIND", call -> call.has(MountFlag.MS_BIND), BIND),
              new Choice<>(
                  "a propagation type",
                  call ->
                      Stream.of(PropagationType.values())
                          .anyMatch(type -> (call.flags() & type.bit()) != 0),
                  TYPE),
              new Choice<>("MS_MOVE", call -> call.has(MountFlag.MS_MOVE), MOVE),
              new Choice<>("none of these", call -> true, NEW));

  private final Found<Place> target = new Found<>();
  private final Found<Place> source = new Found<>();
  private final Lock lock = new Lock(state, false, target::get);
  private final Copying copying = new Copying(state, task, has(MountFlag.MS_REC), source::get);
  private final Moving moving = new Moving(state, task, false, source::get, target::get);

  MountCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private long flags() {
    return bits(3);
  }

  private boolean has(MountFlag flag) {
    return (flags() & flag.bit()) != 0;
  }

  private boolean hasNoSource() {
    return argument(0) instanceof Value.Null || path(0).text().isEmpty();
  }

  /** The options that a remount is to leave: without one for access times, the old for these. */
  private EnumSet<MountOption> newOptions() {
    EnumSet<MountOption> options = MountOption.of(flags());
    long times =
        MountFlag.MS_NOATIME.bit()
            | MountFlag.MS_NODIRATIME.bit()
            | MountFlag.MS_RELATIME.bit()
            | MountFlag.MS_STRICTATIME.bit();
    if ((flags() & times) == 0) {
      options.removeAll(MountOption.ATIME);
      target.get().mount().options.stream()
          .filter(MountOption.ATIME::contains)
          .forEach(options::add);
    }
    return options;
  }

  private boolean changesLocked() {
    return Locks.forbid(target.get().mount(), newOptions());
  }

  private boolean hasWriters() {
    Mount mount = target.get().mount();
    return state.files.values().stream()
        .anyMatch(file -> file.writes && file.place.mount() == mount);
  }

  private void setOptions() {
    EnumSet<MountOption> options = newOptions();
    target.get().mount().options.clear();
    target.get().mount().options.addAll(options);
  }

  /** The type that the flags ask for; null if it is not one alone. */
  private PropagationType type() {
    long rest = flags() & ~(MountFlag.MS_REC.bit() | MountFlag.MS_SILENT.bit());
    return Stream.of(PropagationType.values())
        .filter(type -> type.bit() == rest)
        .findFirst()
        .orElse(null);
  }

  private void changeType() {
    Mount mount = target.get().mount();
    List<Mount> all = has(MountFlag.MS_REC) ? mount.treeInDepth() : List.of(mount);
    all.forEach(one -> type().apply(state, one));
  }

  private void checkTmpfs() {
    if (!(argument(2) instanceof Value.Text type) || !type.text().equals("tmpfs")) {
      throw new Inexpressible("file systems other than tmpfs");
    }
    if (!(argument(4) instanceof Value.Null)
        && !(argument(4) instanceof Value.Text data && data.text().isEmpty())) {
      throw new Inexpressible("options of tmpfs");
    }
  }

  private void mountNew() {
    FileSystem fs = state.newFileSystem("tmpfs", task.userNamespace, 01777);
    fs.root.uid = task.uid;
    fs.root.gid = task.gid;
    fs.readOnly = has(MountFlag.MS_RDONLY);
    Mount mount = state.newMount(fs, fs.root);
    mount.options.addAll(MountOption.of(flags()));
    Attachment.of(state, task, mount, lock.target());
  }
}
