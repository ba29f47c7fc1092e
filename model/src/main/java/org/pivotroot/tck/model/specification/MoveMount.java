package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Procedure.Choice;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** move_mount(2). */
final class MoveMount extends Attempt {
  private static final String ERRORS = "move_mount(2), ERRORS";
  private static final String GROUP = "move_mount(2), MOVE_MOUNT_SET_GROUP; do_set_group()";
  private static final long ALL = Flag.bits(List.of(MoveMountFlag.values()));

  private static final Procedure<MoveMount> SET_GROUP =
      Procedure.<MoveMount>of("MOVE_MOUNT_SET_GROUP: the propagation of another mount")
          .check(
              Rule.of("move_mount.group-unmounted", EINVAL, "a mount is in no namespace", GROUP),
              call -> call.both().anyMatch(mount -> mount.namespace == null))
          .check(
              Rule.of(
                  "move_mount.group-permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns the namespace of"
                      + " a mount",
                  GROUP),
              call ->
                  call.both()
                      .anyMatch(
                          mount ->
                              mount.namespace != null
                                  && !call.task.isCapable(
                                      mount.namespace.owner, Capability.CAP_SYS_ADMIN)))
          .check(
              Rule.of("move_mount.group-no-mount", EINVAL, "a path is no mount point", GROUP),
              call -> !call.from.get().isMountRoot() || !call.to.get().isMountRoot())
          .check(
              Rule.of(
                  "move_mount.group-other-file-system",
                  EINVAL,
                  "they are mounts of different file systems",
                  GROUP),
              call -> call.fromMount().fs != call.toMount().fs)
          .check(
              Rule.of(
                  "move_mount.group-not-within",
                  EINVAL,
                  "the root of the mount to be changed is not within that of the other",
                  GROUP),
              call -> !call.toMount().root.isAtOrBelow(call.fromMount().root))
          .check(
              Rule.of(
                  "move_mount.group-locked",
                  EINVAL,
                  "a locked mount hides something there on the other mount",
                  GROUP),
              call -> Copying.hasLockedChild(call.fromMount(), call.toMount().root))
          .check(
              Rule.of(
                  "move_mount.group-not-private",
                  EINVAL,
                  "the mount to be changed is shared or a slave",
                  GROUP),
              call -> call.toMount().isShared() || call.toMount().master() != null)
          .check(
              Rule.of(
                      "move_mount.group-unbindable",
                      EINVAL,
                      "the mount to be changed is unbindable",
                      GROUP)
                  .since(Switch.SET_GROUP_REFUSES_UNBINDABLE),
              call -> call.toMount().unbindable)
          .check(
              Rule.of(
                  "move_mount.group-none",
                  EINVAL,
                  "the other mount is neither shared nor a slave",
                  GROUP),
              call -> !call.fromMount().isShared() && call.fromMount().master() == null)
          .effect(
              new Branch("move_mount.sets-group", "it has the same peer group and master", GROUP),
              MoveMount::setGroup);

  private static final Procedure<MoveMount> MOVE =
      Procedure.<MoveMount>of("otherwise a move").part(Moving.PROCEDURE, call -> call.moving);

  static final Procedure<MoveMount> PROCEDURE =
      Procedure.<MoveMount>of("move_mount")
          .check(
              Rule.of(
                  "move_mount.permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns its mount"
                      + " namespace",
                  ERRORS),
              call -> !call.mayMount())
          .check(
              Rule.of(
                  "move_mount.unknown-flags", EINVAL, "flags has a bit that is no flag", ERRORS),
              call -> (call.bits(4) & ~ALL) != 0)
          .check(
              Rule.of("move_mount.beneath-unknown", EINVAL, "MOVE_MOUNT_BENEATH is no flag", ERRORS)
                  .until(Switch.BENEATH),
              call -> call.has(MoveMountFlag.MOVE_MOUNT_BENEATH))
          .check(
              Rule.of(
                  "move_mount.beneath-and-group",
                  EINVAL,
                  "MOVE_MOUNT_BENEATH and MOVE_MOUNT_SET_GROUP are given together",
                  "move_mount() in fs/namespace.c"),
              call ->
                  call.has(MoveMountFlag.MOVE_MOUNT_BENEATH)
                      && call.has(MoveMountFlag.MOVE_MOUNT_SET_GROUP))
          .find(
              "to_path is looked up, from 6.15",
              PathArgument.CLAUSES,
              call -> call.findTo(call.kernel().has(Switch.MOVE_TARGET_FIRST)))
          .find("from_path is looked up", PathArgument.CLAUSES, MoveMount::findFrom)
          .find(
              "to_path is looked up, before 6.15",
              PathArgument.CLAUSES,
              call -> call.findTo(!call.kernel().has(Switch.MOVE_TARGET_FIRST)))
          .choose(
              new Choice<>(
                  "MOVE_MOUNT_SET_GROUP",
                  call -> call.has(MoveMountFlag.MOVE_MOUNT_SET_GROUP),
                  SET_GROUP),
              new Choice<>("not MOVE_MOUNT_SET_GROUP", call -> true, MOVE));

  private final Found<Place> from = new Found<>();
  private final Found<Place> to = new Found<>();
  private final Moving moving =
      new Moving(state, task, has(MoveMountFlag.MOVE_MOUNT_BENEATH), from::get, to::get);

  MoveMount(State state, Task task, Call call) {
    super(state, task, call);
  }

  private boolean has(MoveMountFlag flag) {
    return (bits(4) & flag.bit()) != 0;
  }

  private void findFrom() {
    from.is(
        path(0, 1, has(MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH))
            .resolve(has(MoveMountFlag.MOVE_MOUNT_F_SYMLINKS), false));
  }

  private void findTo(boolean now) {
    if (now) {
      to.is(
          path(2, 3, has(MoveMountFlag.MOVE_MOUNT_T_EMPTY_PATH))
              .resolve(has(MoveMountFlag.MOVE_MOUNT_T_SYMLINKS), false));
    }
  }

  private Mount fromMount() {
    return from.get().mount();
  }

  private Mount toMount() {
    return to.get().mount();
  }

  private Stream<Mount> both() {
    return Stream.of(fromMount(), toMount());
  }

  private void setGroup() {
    toMount().receiveFrom(fromMount().master());
    if (fromMount().isShared()) {
      toMount().join(fromMount().group());
      toMount().unbindable = false;
    }
  }
}
