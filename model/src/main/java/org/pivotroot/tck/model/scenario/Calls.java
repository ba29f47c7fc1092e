package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;

/** The calls that scenarios are made of, by short names. */
final class Calls {
  private static final int TEXT = 4096;

  private Calls() {}

  static Event by(String task, Call call) {
    return new Event.Called(task, call, new Result.Unanswered());
  }

  static Event thread(String task, String other) {
    return new Event.Started(task, other, Event.How.THREAD, List.of());
  }

  static Event sharing(String task, String other) {
    return new Event.Started(task, other, Event.How.THREAD_SHARING_FS, List.of());
  }

  static Event lessPrivileged(String task, String other) {
    return new Event.Started(task, other, Event.How.PROCESS, Event.Started.UNSHARE);
  }

  static Call mount(String source, String target, String type, Flag... flags) {
    return Call.of(
        Syscall.MOUNT, text(source), text(target), text(type), flags(flags), nullPointer());
  }

  static Call tmpfs(String target, Flag... flags) {
    return mount("tmpfs", target, "tmpfs", flags);
  }

  static Call type(String target, Flag... flags) {
    return mount("none", target, "", flags);
  }

  static Call bind(String source, String target) {
    return mount(source, target, "", MountFlag.MS_BIND);
  }

  static Call bindAll(String source, String target) {
    return mount(source, target, "", MountFlag.MS_BIND, MountFlag.MS_REC);
  }

  static Call move(String source, String target) {
    return mount(source, target, "", MountFlag.MS_MOVE);
  }

  static Call umount(String target, UmountFlag... flags) {
    return Call.of(Syscall.UMOUNT2, text(target), flags(flags));
  }

  static Call pivotRoot(String newRoot, String putOld) {
    return Call.of(Syscall.PIVOT_ROOT, text(newRoot), text(putOld));
  }

  static Call chdir(String path) {
    return Call.of(Syscall.CHDIR, text(path));
  }

  static Call chroot(String path) {
    return Call.of(Syscall.CHROOT, text(path));
  }

  static Call mkdir(String path) {
    return Call.of(Syscall.MKDIR, text(path), number(0755));
  }

  /** An empty file. */
  static Call mknod(String path) {
    return Call.of(Syscall.MKNOD, text(path), number(0100644), number(0));
  }

  static Call rmdir(String path) {
    return Call.of(Syscall.RMDIR, text(path));
  }

  static Call unshare(Flag flag) {
    return Call.of(Syscall.UNSHARE, flags(flag));
  }

  static Call newNamespace() {
    return unshare(CloneFlag.CLONE_NEWNS);
  }

  static Call getcwd() {
    return Call.of(Syscall.GETCWD, Value.buffer(TEXT, Value.Holds.TEXT), number(TEXT));
  }

  static Call stat(String path) {
    return Call.of(
        Syscall.STATX,
        Value.workingDirectory(),
        text(path),
        Value.bits(0),
        flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID),
        Value.buffer(256, Value.Holds.STATX));
  }

  static Call open(String path, Flag... flags) {
    return Call.of(
        Syscall.OPENAT, Value.workingDirectory(), text(path), flags(flags), number(0644));
  }

  static Call openNamespace(String task) {
    return Call.of(
        Syscall.OPENAT,
        Value.workingDirectory(),
        new Value.OfTask(task, "ns/mnt"),
        flags(OpenFlag.O_RDONLY),
        number(0));
  }

  static Call without(Capability capability) {
    return Call.of(
        Syscall.CAPSET,
        Value.struct(StructType.CAPABILITY_HEADER, "version", number(Capability.VERSION)),
        new Value.Capabilities(Value.CapabilityChange.WITHOUT, List.of(capability)));
  }

  static Call setresuid(int uid) {
    return Call.of(Syscall.SETRESUID, number(uid), number(uid), number(uid));
  }
}
