package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.stream.Stream;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.FsmountFlag;
import org.pivotroot.tck.model.call.ListmountFlag;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.StatmountFlag;
import org.pivotroot.tck.model.call.StatmountMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Holds;
import org.pivotroot.tck.model.call.Value.Struct;

/** Calls about mounts. */
interface MountCalls extends Calling {
  /** For fsconfig(2). */
  int FSCONFIG_SET_STRING = 1;

  int FSCONFIG_CMD_CREATE = 6;

  /** Of a struct mnt_id_req that names no namespace. */
  int MNT_ID_REQ_SIZE = 24;

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

  /** mount(2) of an overlay that writes to its upper layer, beside which it has a directory. */
  default Outcome<Void> mountOverlay(String lower, String upper, String work, String target) {
    String layers = "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work;
    return call(
        Syscall.MOUNT, text("overlay"), text(target), text("overlay"), flags(), text(layers));
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

  /** statmount(2) of a mount of the task's namespace, whose other results do not matter. */
  default Outcome<Void> statmount(Value mount) {
    return statmount(
        struct(
            StructType.MNT_ID_REQ,
            "size",
            number(MNT_ID_REQ_SIZE),
            "mnt_id",
            mount,
            "param",
            flags(StatmountMask.STATMOUNT_MNT_BASIC)));
  }

  /** statmount(2) of a mount of another namespace. */
  default Outcome<Void> statmount(Value mount, Value namespace) {
    return statmount(
        struct(
            StructType.MNT_ID_REQ,
            "size",
            number(StructType.MNT_ID_REQ.size()),
            "mnt_id",
            mount,
            "param",
            flags(StatmountMask.STATMOUNT_MNT_BASIC),
            "mnt_ns_id",
            namespace));
  }

  /** statmount(2) of the mount that a descriptor is on, which stands in what was a spare field. */
  default Outcome<Void> statmountByDescriptor(Value descriptor, Value mount) {
    return call(
        Syscall.STATMOUNT,
        struct(
            StructType.MNT_ID_REQ,
            "size",
            number(StructType.MNT_ID_REQ.size()),
            "spare",
            descriptor,
            "mnt_id",
            mount,
            "param",
            flags(StatmountMask.STATMOUNT_MNT_BASIC)),
        buffer(PATH_BUFFER, Holds.NOTHING),
        number(PATH_BUFFER),
        flags(StatmountFlag.STATMOUNT_BY_FD));
  }

  /** statmount(2). */
  default Outcome<Void> statmount(Struct request) {
    return call(
        Syscall.STATMOUNT,
        request,
        buffer(PATH_BUFFER, Holds.NOTHING),
        number(PATH_BUFFER),
        flags());
  }

  /** listmount(2) of what is below a mount: how many mounts it lists, of at most so many. */
  default Outcome<Long> listmount(Struct request, int most, ListmountFlag... flags) {
    return call(
        NUMBER,
        Syscall.LISTMOUNT,
        request,
        buffer(4096, Holds.NOTHING),
        number(most),
        flags(flags));
  }

  /** listmount(2) of the whole tree of the task's mount namespace: how many mounts it lists. */
  default Outcome<Long> listmount() {
    Value request =
        struct(StructType.MNT_ID_REQ, "size", number(MNT_ID_REQ_SIZE), "mnt_id", number(LSMT_ROOT));
    return call(
        NUMBER, Syscall.LISTMOUNT, request, buffer(4096, Holds.NOTHING), number(512), flags());
  }

  /** open_tree(2) of what a descriptor refers to. */
  default Outcome<Descriptor> openTree(Descriptor descriptor, Flag... flags) {
    return call(DESCRIPTOR, Syscall.OPEN_TREE, descriptor, text(""), flags(flags));
  }

  /** move_mount(2) from one path to another. */
  default Outcome<Void> moveMount(String from, String to, MoveMountFlag... flags) {
    return moveMount(workingDirectory(), from, workingDirectory(), to, flags);
  }

  /** move_mount(2) with all its arguments. */
  default Outcome<Void> moveMount(
      Value fromDirectory, String from, Value toDirectory, String to, MoveMountFlag... flags) {
    return call(Syscall.MOVE_MOUNT, fromDirectory, text(from), toDirectory, text(to), flags(flags));
  }

  /** mount_setattr(2). */
  default Outcome<Void> mountSetattr(String path, Struct attributes, AtFlag... flags) {
    return mountSetattr(workingDirectory(), path, attributes, attributes.struct().size(), flags);
  }

  /** mount_setattr(2) with all its arguments. */
  default Outcome<Void> mountSetattr(
      Value directory, String path, Value attributes, int size, AtFlag... flags) {
    return call(
        Syscall.MOUNT_SETATTR, directory, text(path), flags(flags), attributes, number(size));
  }

  /** open_tree_attr(2). */
  default Outcome<Descriptor> openTreeAttr(String path, Struct attributes, Flag... flags) {
    return openTreeAttr(workingDirectory(), path, attributes, attributes.struct().size(), flags);
  }

  /** open_tree_attr(2) with all its arguments. */
  default Outcome<Descriptor> openTreeAttr(
      Value directory, String path, Value attributes, int size, Flag... flags) {
    return call(
        DESCRIPTOR,
        Syscall.OPEN_TREE_ATTR,
        directory,
        text(path),
        flags(flags),
        attributes,
        number(size));
  }

  /** fsopen(2). */
  default Outcome<Descriptor> fsopen(String type) {
    return call(DESCRIPTOR, Syscall.FSOPEN, text(type), flags());
  }

  /** fsconfig(2) with FSCONFIG_CMD_CREATE. */
  default Outcome<Void> fsconfigCreate(Descriptor context) {
    return call(
        Syscall.FSCONFIG,
        context,
        number(FSCONFIG_CMD_CREATE),
        nullPointer(),
        nullPointer(),
        number(0));
  }

  /** fsconfig(2) with FSCONFIG_SET_STRING. */
  default Outcome<Void> fsconfigSet(Descriptor context, String key, String value) {
    return call(
        Syscall.FSCONFIG, context, number(FSCONFIG_SET_STRING), text(key), text(value), number(0));
  }

  /** fsmount(2). */
  default Outcome<Descriptor> fsmount(Descriptor context, MountAttribute... attributes) {
    return call(DESCRIPTOR, Syscall.FSMOUNT, context, flags(), flags(attributes));
  }

  /** fsmount(2) with FSMOUNT_NAMESPACE: the file of a mount namespace with the mount as root. */
  default Outcome<Descriptor> fsmountNamespace(Descriptor context) {
    return call(
        DESCRIPTOR, Syscall.FSMOUNT, context, flags(FsmountFlag.FSMOUNT_NAMESPACE), flags());
  }

  /** fsopen(2), fsconfig(2) and fsmount(2): a new tmpfs that is nowhere yet. */
  default Descriptor newDetachedTmpfs() {
    Descriptor context = fsopen("tmpfs").value();
    fsconfigCreate(context);
    return fsmount(context).value();
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
