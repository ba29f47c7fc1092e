package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;

/** Calls that nobody would make on purpose, and those about files. */
final class Oddity {
  private static final long NO_FLAG = 1L << 30;
  private static final String LONG_NAME = "n".repeat(256);
  private static final String LONG_PATH = "/a".repeat(2048);

  private final SplittableRandom random;

  Oddity(SplittableRandom random) {
    this.random = random;
  }

  /**
   * One of them.
   *
   * @param path one that may lead somewhere
   * @param point likewise of a mount
   */
  Call call(String path, String point) {
    List<Supplier<Call>> all =
        List.of(
            () -> Calls.chdir(""),
            () -> Calls.chdir(LONG_NAME),
            () -> Calls.chdir(LONG_PATH),
            () -> Call.of(Syscall.CHDIR, Value.badAddress()),
            () -> Calls.chroot("/f"),
            () -> Calls.pivotRoot("/f", path),
            () -> Calls.pivotRoot(path, "/f"),
            () -> Call.of(Syscall.PIVOT_ROOT, nullPointer(), text(path)),
            () -> Call.of(Syscall.UMOUNT2, text(point), Value.bits(NO_FLAG)),
            () -> Calls.umount(point, UmountFlag.MNT_FORCE),
            () -> Calls.umount(point, UmountFlag.MNT_EXPIRE, UmountFlag.MNT_DETACH),
            () -> Calls.umount("/l", UmountFlag.UMOUNT_NOFOLLOW),
            () -> Calls.type(point, MountFlag.MS_SHARED, MountFlag.MS_PRIVATE),
            () -> Calls.bind("", path),
            () -> Calls.bind("/f", path),
            () -> Calls.bind("/f", "/new/f"),
            () -> Calls.bind("/f", "/f"),
            () -> Calls.move("/f", path),
            () -> Calls.tmpfs("/f"),
            () -> Calls.type(point, MountFlag.MS_REMOUNT),
            () -> Calls.type(point, MountFlag.MS_REMOUNT, MountFlag.MS_RDONLY),
            () ->
                Call.of(
                    Syscall.MOUNT, text("none"), text(path), nullPointer(), flags(), nullPointer()),
            () -> Call.of(Syscall.SYMLINK, text("/loop"), text("/loop")),
            () -> Calls.stat("/loop"),
            () -> Calls.mkdir("/proc"),
            () -> Calls.open("/f", OpenFlag.O_RDWR),
            () -> Calls.open("/f", OpenFlag.O_RDONLY),
            () -> Calls.open(path, OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY),
            () -> Calls.open(path, OpenFlag.O_RDWR),
            () -> Calls.open("/new/f", OpenFlag.O_RDWR, OpenFlag.O_CREAT),
            () -> Calls.open(path, OpenFlag.O_RDWR, OpenFlag.O_CREAT, OpenFlag.O_EXCL),
            () -> Calls.open("/l", OpenFlag.O_RDONLY, OpenFlag.O_NOFOLLOW),
            () -> Call.of(Syscall.GETCWD, Value.buffer(2, Value.Holds.TEXT), number(2)),
            () -> Calls.unshare(CloneFlag.CLONE_NEWUSER),
            () -> Call.of(Syscall.UNSHARE, Value.bits(NO_FLAG >> 26)),
            () -> openTree(path, flags(AtFlag.AT_RECURSIVE)),
            () -> openTree(path, flags()),
            () -> moveMount(point, path, Value.bits(NO_FLAG)),
            () ->
                moveMount(
                    point,
                    path,
                    flags(MoveMountFlag.MOVE_MOUNT_BENEATH, MoveMountFlag.MOVE_MOUNT_SET_GROUP)),
            () -> moveMount(point, "/l", flags(MoveMountFlag.MOVE_MOUNT_T_SYMLINKS)),
            () -> moveMount(point, "/l", flags()),
            () -> moveMount(point, path, flags()),
            () -> setattr(point, Value.struct(StructType.MOUNT_ATTR)),
            () ->
                setattr(
                    point,
                    Value.struct(
                        StructType.MOUNT_ATTR,
                        "propagation",
                        flags(MountFlag.MS_SHARED, MountFlag.MS_SLAVE))),
            () -> Call.of(Syscall.FCHDIR, new Value.BadDescriptor(9999)),
            () -> Call.of(Syscall.CLOSE, new Value.BadDescriptor(9999)),
            () ->
                Call.of(
                    Syscall.SETNS, new Value.BadDescriptor(9999), flags(CloneFlag.CLONE_NEWNS)));
    return all.get(random.nextInt(all.size())).get();
  }

  private static Call openTree(String path, Value.Flags flags) {
    return Call.of(Syscall.OPEN_TREE, Value.workingDirectory(), text(path), flags);
  }

  private static Call moveMount(String from, String to, Value.Flags flags) {
    return Call.of(
        Syscall.MOVE_MOUNT,
        Value.workingDirectory(),
        text(from),
        Value.workingDirectory(),
        text(to),
        flags);
  }

  private static Call setattr(String path, Value.Struct attributes) {
    return Call.of(
        Syscall.MOUNT_SETATTR,
        Value.workingDirectory(),
        text(path),
        Value.bits(0),
        attributes,
        number(32));
  }
}
