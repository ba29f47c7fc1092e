package org.pivotroot.tck.model.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.FanotifyEvent;
import org.pivotroot.tck.model.call.FileType;
import org.pivotroot.tck.model.call.InotifyEvent;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.ListmountFlag;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Names;

/** Each kind of event, argument and result: as strace writes it, and to JSON and back. */
class StraceTest {
  private static final FileId FILE = new FileId(1, 2, 3);

  private static Event called(Result result, Call call) {
    return new Event.Called("S", call, result);
  }

  private static Result failed(Errno errno) {
    return new Result.Failed(errno.number());
  }

  static List<Arguments> events() {
    Value.Descriptor fd = new Value.Descriptor(1);
    return List.of(
        Arguments.of(
            "S: pivot_root(\"/new\", 0x1) = -1 EFAULT (Bad address)",
            called(failed(Errno.EFAULT), Call.of(Syscall.PIVOT_ROOT, text("/new"), badAddress()))),
        Arguments.of(
            "S: umount2(\"/new\", MNT_DETACH|0x40) = -1 512 (Unknown error 512)",
            called(
                new Result.Failed(512),
                Call.of(
                    Syscall.UMOUNT2,
                    text("/new"),
                    new Value.Flags(List.of(UmountFlag.MNT_DETACH), 0x40)))),
        Arguments.of(
            "S: mount(NULL, \"/new\", NULL, MS_REC|MS_SHARED, NULL) = 0",
            called(
                new Result.Returned(0),
                Call.of(
                    Syscall.MOUNT,
                    nullPointer(),
                    text("/new"),
                    nullPointer(),
                    flags(MountFlag.MS_REC, MountFlag.MS_SHARED),
                    nullPointer()))),
        Arguments.of(
            "S: statx(AT_FDCWD, \"/new\", AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS|STATX_MNT_ID,"
                + " {dev#1, inode#2, mount#3}) = 0",
            called(
                new Result.Identified(FILE),
                Call.of(
                    Syscall.STATX,
                    workingDirectory(),
                    text("/new"),
                    flags(AtFlag.AT_SYMLINK_NOFOLLOW),
                    flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID),
                    buffer(256, Value.Holds.STATX)))),
        Arguments.of(
            "S: getcwd(\"/old\" and 5 bytes written, 8) = 5",
            called(
                new Result.Touched(5, "/old", 5),
                Call.of(Syscall.GETCWD, buffer(8, Value.Holds.TOUCHED), number(8)))),
        Arguments.of(
            "S: getcwd(3)(buf, 8) = ?",
            called(
                new Result.Unanswered(),
                Call.of(LibraryFunction.GETCWD, buffer(8, Value.Holds.TEXT), number(8)))),
        Arguments.of(
            "S: getcwd(3)(NULL, 0) = \"/x\"",
            called(
                new Result.Allocated("/x", 24),
                Call.of(LibraryFunction.GETCWD, nullPointer(), number(0)))),
        Arguments.of(
            "S: openat(AT_FDCWD, \"/proc/thread-self/fd/fd#1/x\", O_PATH|O_CLOEXEC, 0644) = fd#2",
            called(
                new Result.Opened(2),
                Call.of(
                    Syscall.OPENAT,
                    workingDirectory(),
                    fd.path("/x"),
                    flags(OpenFlag.O_PATH, OpenFlag.O_CLOEXEC),
                    number(0644)))),
        Arguments.of(
            "S: openat2(fd#1, \"x\", {flags=O_PATH, resolve=RESOLVE_BENEATH}, 24) = fd#2",
            called(
                new Result.Opened(2),
                Call.of(
                    Syscall.OPENAT2,
                    fd,
                    text("x"),
                    struct(
                        StructType.OPEN_HOW,
                        "flags",
                        flags(OpenFlag.O_PATH),
                        "resolve",
                        flags(ResolveFlag.RESOLVE_BENEATH)),
                    number(24)))),
        Arguments.of(
            "S: poll({fd=fd#1, events=POLLPRI} => [POLLPRI|POLLERR], 1, 0) = 0",
            called(
                new Result.Happened(List.of(flags(PollEvent.POLLPRI, PollEvent.POLLERR))),
                Call.of(
                    Syscall.POLL,
                    struct(StructType.POLLFD, "fd", fd, "events", flags(PollEvent.POLLPRI)),
                    number(1),
                    number(0)))),
        Arguments.of(
            "S: read(fd#1, [IN_UNMOUNT, IN_IGNORED], 64) = 0",
            called(
                new Result.Happened(
                    List.of(flags(InotifyEvent.IN_UNMOUNT), flags(InotifyEvent.IN_IGNORED))),
                Call.of(Syscall.READ, fd, buffer(64, Value.Holds.INOTIFY_EVENTS), number(64)))),
        Arguments.of(
            "S: read(fd#1, [{FAN_MNT_ATTACH, mount#3}, {FAN_Q_OVERFLOW, mount#0}], 64) = 0",
            called(
                new Result.MountsChanged(
                    List.of(
                        MountEvent.attached(3),
                        new MountEvent(flags(FanotifyEvent.FAN_Q_OVERFLOW), 0))),
                Call.of(Syscall.READ, fd, buffer(64, Value.Holds.MOUNT_EVENTS), number(64)))),
        Arguments.of(
            "S: read(fd#1, 1 line, 64) = 0",
            called(
                new Result.Lines(1),
                Call.of(Syscall.READ, fd, buffer(64, Value.Holds.LINES), number(64)))),
        Arguments.of(
            "S: mknod(\"/null\", S_IFCHR|0644, makedev(1, 3)) = 0",
            called(
                new Result.Returned(0),
                Call.of(
                    Syscall.MKNOD,
                    text("/null"),
                    new Value.Flags(List.of(FileType.S_IFCHR), 0644),
                    number(0x103)))),
        Arguments.of(
            "S: capset({version=537396514}, without CAP_SYS_ADMIN) = 0",
            called(
                new Result.Returned(0),
                Call.of(
                    Syscall.CAPSET,
                    struct(StructType.CAPABILITY_HEADER, "version", number(0x20080522)),
                    new Value.Capabilities(
                        Value.CapabilityChange.WITHOUT, List.of(Capability.CAP_SYS_ADMIN))))),
        Arguments.of(
            "S: sched_setaffinity(S, 128, [0 2]) = 0",
            called(
                new Result.Returned(0),
                Call.of(
                    Syscall.SCHED_SETAFFINITY,
                    new Value.ProcessOf("S"),
                    number(128),
                    new Value.Processors(List.of(0, 2))))),
        Arguments.of(
            "S: munmap(mapping#1, 4096) = 0",
            called(
                new Result.Returned(0),
                Call.of(Syscall.MUNMAP, new Value.Mapping(1), number(4096)))),
        Arguments.of(
            "S: umask(022) = 077",
            called(new Result.Masked(077), Call.of(Syscall.UMASK, number(022)))),
        Arguments.of(
            "S: chroot(\"nnnnnnnnnnnnnnnn\"... (256 bytes)) = 0",
            called(new Result.Returned(0), Call.of(Syscall.CHROOT, text("n".repeat(256))))),
        Arguments.of(
            "S: readlink(\"/proc/P/cwd\", \"/old\", 64) = 0",
            called(
                new Result.Wrote("/old"),
                Call.of(
                    Syscall.READLINK,
                    new Value.OfTask("P", "cwd"),
                    buffer(64, Value.Holds.BYTES),
                    number(64)))),
        Arguments.of(
            "S: listmount({size=32, mnt_id=mount(fd#1), mnt_ns_id=namespace(fd#2)}, buf, 8,"
                + " LISTMOUNT_REVERSE) = 3",
            called(
                new Result.Returned(3),
                Call.of(
                    Syscall.LISTMOUNT,
                    Value.struct(
                        StructType.MNT_ID_REQ,
                        "size",
                        number(32),
                        "mnt_id",
                        new Value.IdOf(Value.Identified.MOUNT, new Value.Descriptor(1)),
                        "mnt_ns_id",
                        new Value.IdOf(Value.Identified.NAMESPACE, new Value.Descriptor(2))),
                    buffer(4096, Value.Holds.NOTHING),
                    number(8),
                    Value.flags(ListmountFlag.LISTMOUNT_REVERSE)))),
        Arguments.of(
            "S: unshare(0x1) = 0",
            called(new Result.Returned(0), Call.of(Syscall.UNSHARE, Value.bits(1)))),
        Arguments.of(
            "S: setns(99, CLONE_NEWNS) = -1 EBADF (Bad file descriptor)",
            called(
                failed(Errno.EBADF),
                Call.of(Syscall.SETNS, new Value.BadDescriptor(99), flags(CloneFlag.CLONE_NEWNS)))),
        Arguments.of(
            "S: mkdir(\"d\", 0755) = 0, chdir(\"d\") = 0, 20 times",
            new Event.Deepened("S", "d", 20)),
        Arguments.of(
            "S: $ printf %s 'a b' | cat - = 0, output \"a b\"",
            new Event.Ran("S", List.of("cat", "-"), "a b", 0, "a b", "")),
        Arguments.of(
            "S: $ unshare --user & = U",
            new Event.Started("S", "U", Event.How.PROCESS, List.of("unshare", "--user"))),
        Arguments.of(
            "S: clone(CLONE_FS) = P",
            new Event.Started("S", "P", Event.How.THREAD_SHARING_FS, List.of())),
        Arguments.of("S: exit(0)", new Event.Ended("S")),
        Arguments.of(
            "# root of S is {dev#1, inode#2, mount#3}",
            new Event.Looked("S", new Sight.Root(FILE))),
        Arguments.of(
            """
            # mountinfo of S is\s
                / tmpfs mount#1 on mount#2 dev#1/ rw,relatime shared:peers#1
                /a b tmpfs mount#3 on mount#1 dev#2/ rw unbindable""",
            new Event.Looked("S", new Sight.Mounts(table()))),
        Arguments.of("# fact errno: EPERM", new Event.Noted("fact errno: EPERM")));
  }

  private static MountTable table() {
    return new Names()
        .of(
            MountTable.parse(
                """
                31 30 0:45 / / rw,relatime shared:7 - tmpfs none rw
                35 31 0:47 / /a\\040b rw unbindable - tmpfs none rw
                """));
  }

  @ParameterizedTest
  @MethodSource("events")
  void asStraceWritesIt(String expected, Event event) {
    assertThat(Strace.of(event)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("events")
  void toJsonAndBack(String line, Event event) throws Exception {
    String json = Json.text(event, 0);
    assertThat(json.lines()).as(line).hasSize(1);
    assertThat(Json.parse(json, Event.class, "test")).isEqualTo(event);
  }
}
