package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Holds;

/** Calls about mounts. */
interface MountCalls extends Calling {
  /** For listmount(2): the root of the caller's mount namespace. */
  long LSMT_ROOT = -1;

  /** mount(2). */
  default Outcome<Void> mount(String source, String target, String type, MountFlag... flags) {
    return mount(text(source), target, type, flags);
  }

  /** mount(2) of a source that is no plain path. */
  default Outcome<Void> mount(Value source, String target, String type, MountFlag... flags) {
    return call(Syscall.MOUNT, source, text(target), text(type), flags(flags), nullPointer());
  }

  /** mount(2) of a new tmpfs. */
  default Outcome<Void> mountTmpfs(String target, MountFlag... flags) {
    return mount("tmpfs", target, "tmpfs", flags);
  }

  /** mount(2) with MS_BIND. */
  default Outcome<Void> bind(String source, String target, MountFlag... more) {
    return bind(text(source), target, more);
  }

  /** mount(2) with MS_BIND of a source that is no plain path. */
  default Outcome<Void> bind(Value source, String target, MountFlag... more) {
    MountFlag[] flags =
        Stream.concat(Stream.of(more), Stream.of(MountFlag.MS_BIND)).toArray(MountFlag[]::new);
    return mount(source, target, "", flags);
  }

  /** mount(2) with MS_MOVE. */
  default Outcome<Void> move(String source, String target) {
    return mount(source, target, "", MountFlag.MS_MOVE);
  }

  /** mount(2) that changes the propagation type, such as MS_SHARED or MS_REC and MS_PRIVATE. */
  default Outcome<Void> propagation(String target, MountFlag... flags) {
    return mount("none", target, "", flags);
  }

  /** umount2(2). */
  default Outcome<Void> umount(String target, UmountFlag... flags) {
    return umount(text(target), flags);
  }

  /** umount2(2) of a target that is no plain path. */
  default Outcome<Void> umount(Value target, UmountFlag... flags) {
    return call(Syscall.UMOUNT2, target, flags(flags));
  }

  /** open_tree(2). */
  default Outcome<Descriptor> openTree(String path, Flag... flags) {
    return call(DESCRIPTOR, Syscall.OPEN_TREE, workingDirectory(), text(path), flags(flags));
  }

  /** listmount(2) of the whole tree of the task's mount namespace: how many mounts it lists. */
  default Outcome<Long> listmount() {
    Value request = struct(StructType.MNT_ID_REQ, "size", number(24), "mnt_id", number(LSMT_ROOT));
    return call(
        NUMBER, Syscall.LISTMOUNT, request, buffer(4096, Holds.NOTHING), number(512), flags());
  }

  /** move_mount(2) of what a descriptor from {@link #openTree} refers to, to a path. */
  default Outcome<Void> moveMount(Descriptor from, String to) {
    return call(
        Syscall.MOVE_MOUNT,
        from,
        text(""),
        workingDirectory(),
        text(to),
        flags(MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH));
  }
}
