package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EAGAIN;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** umount2(2). */
final class Umount extends Attempt {
  private static final String ERRORS = "umount2(2), ERRORS";
  private static final String KERNEL = "do_umount() in fs/namespace.c";
  private static final long ALL = Flag.bits(List.of(UmountFlag.values()));
  private static final Rule NOT_YET_EXPIRED =
      Rule.of(
          "umount2.marked",
          EAGAIN,
          "MNT_EXPIRE is given, and the mount was not marked as unused before; now it is",
          "umount2(2), MNT_EXPIRE");
  private static final Rule BUSY =
      Rule.of("umount2.busy", EBUSY, "the mount or what would go with it is in use", ERRORS);

  static final Procedure<Umount> PROCEDURE =
      Procedure.<Umount>of("umount2")
          .check(
              Rule.of("umount2.unknown-flags", EINVAL, "flags has a bit that is no flag", ERRORS),
              call -> (call.flags() & ~ALL) != 0)
          .find(
              "target is looked up, and what is mounted there",
              PathArgument.CLAUSES,
              call ->
                  call.place.is(
                      call.path(0).resolveMountPoint(!call.has(UmountFlag.UMOUNT_NOFOLLOW))))
          .check(
              Rule.of(
                  "umount2.permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns its mount"
                      + " namespace",
                  ERRORS),
              call -> !call.mayMount())
          .check(
              Rule.of("umount2.not-mount-point", EINVAL, "target is not a mount point", ERRORS),
              call -> !call.place.get().isMountRoot())
          .check(
              Rule.of(
                  "umount2.other-namespace",
                  EINVAL,
                  "the mount is in no namespace, or another one",
                  "can_umount() in fs/namespace.c"),
              call -> call.isForeign(call.mount()))
          .check(
              Rule.of(
                  "umount2.locked",
                  EINVAL,
                  "the mount is locked",
                  ERRORS + "; mount_namespaces(7)"),
              call -> call.mount().locked)
          .check(
              Rule.of(
                  "umount2.force-permission",
                  EPERM,
                  "MNT_FORCE is given and the caller lacks CAP_SYS_ADMIN in the user namespace of"
                      + " whoever mounted the file system",
                  "can_umount() in fs/namespace.c"),
              call -> call.has(UmountFlag.MNT_FORCE) && !call.ownsFileSystem())
          .check(
              Rule.of(
                  "umount2.expire-root",
                  EINVAL,
                  "MNT_EXPIRE is given for the root of the caller",
                  KERNEL),
              call -> call.has(UmountFlag.MNT_EXPIRE) && call.isRoot())
          .check(
              Rule.of(
                  "umount2.expire-with-others",
                  EINVAL,
                  "MNT_EXPIRE is given with MNT_FORCE or MNT_DETACH",
                  ERRORS),
              call ->
                  call.has(UmountFlag.MNT_EXPIRE)
                      && (call.has(UmountFlag.MNT_FORCE) || call.has(UmountFlag.MNT_DETACH)))
          .check(
              Rule.of(
                  "umount2.expire-busy",
                  EBUSY,
                  "MNT_EXPIRE is given and the mount has users or mounts on it",
                  KERNEL),
              call ->
                  call.has(UmountFlag.MNT_EXPIRE)
                      && (!call.mount().children.isEmpty()
                          || call.state.references(call.mount()) > 0))
          .find(
              "MNT_EXPIRE marks a mount that is not marked", List.of(NOT_YET_EXPIRED), Umount::mark)
          .check(
              Rule.of(
                  "umount2.root-permission",
                  EPERM,
                  "without MNT_DETACH, the root of the caller can be made read-only only with"
                      + " CAP_SYS_ADMIN in the user namespace of whoever mounted the file system",
                  "do_umount_root() in fs/namespace.c"),
              call -> call.isRoot() && !call.has(UmountFlag.MNT_DETACH) && !call.ownsFileSystem())
          .check(
              Rule.of(
                      "umount2.root-nullfs",
                      EINVAL,
                      "without MNT_DETACH, the root of the caller is a nullfs",
                      "do_umount_root() in fs/namespace.c; SB_NOUSER in fs_context_for_reconfigure()")
                  .since(Switch.NULLFS_STAYS_WRITABLE),
              call ->
                  call.isRoot()
                      && !call.has(UmountFlag.MNT_DETACH)
                      && call.mount().fs.type.equals("nullfs"))
          .check(
              Rule.of(
                  "umount2.root-writers",
                  EBUSY,
                  "without MNT_DETACH, a file of the file system of the root of the caller is open"
                      + " for writing",
                  "sb_prepare_remount_readonly() in fs/namespace.c"),
              call ->
                  call.isRoot()
                      && !call.has(UmountFlag.MNT_DETACH)
                      && call.state.hasWriters(call.mount().fs))
          .check(
              Rule.of(
                  "umount2.root-has-removed",
                  EBUSY,
                  "without MNT_DETACH, the file system of the root of the caller holds a removed"
                      + " object that is still in use",
                  "s_remove_count in sb_prepare_remount_readonly(), fs/namespace.c"),
              call ->
                  call.isRoot()
                      && !call.has(UmountFlag.MNT_DETACH)
                      && !call.mount().fs.readOnly
                      && call.state.keepsRemoved(call.mount().fs))
          .done(
              new Branch(
                  "umount2.root-read-only",
                  "without MNT_DETACH, the file system of the root of the caller becomes read-only"
                      + " and nothing is unmounted",
                  "do_umount_root() in fs/namespace.c"),
              call -> call.isRoot() && !call.has(UmountFlag.MNT_DETACH),
              call -> call.mount().fs.readOnly = true)
          .check(
              Rule.of(
                  "umount2.no-parent", EINVAL, "it is the first mount of the namespace", KERNEL),
              call -> !call.mount().hasParent())
          .check(
              BUSY, call -> !call.has(UmountFlag.MNT_DETACH) && Busy.is(call.state, call.mount()))
          .effect(
              new Branch("umount2.unmounts", "the mount and all below are unmounted", "umount2(2)"),
              call ->
                  Unmounting.of(
                      call.state,
                      call.mount(),
                      call.has(UmountFlag.MNT_DETACH) ? Unmounting.How.LAZY : Unmounting.How.SYNC));

  private final Found<Place> place = new Found<>();

  Umount(State state, Task task, Call call) {
    super(state, task, call);
  }

  private long flags() {
    return bits(1);
  }

  private boolean has(UmountFlag flag) {
    return (flags() & flag.bit()) != 0;
  }

  private Mount mount() {
    return place.get().mount();
  }

  private boolean isRoot() {
    return mount() == task.fs.root.mount();
  }

  private boolean ownsFileSystem() {
    return task.isCapable(mount().fs.owner, Capability.CAP_SYS_ADMIN);
  }

  private void mark() {
    if (has(UmountFlag.MNT_EXPIRE) && !mount().expiring) {
      state.mark(mount(), true);
      throw new Refused(NOT_YET_EXPIRED);
    }
  }
}
