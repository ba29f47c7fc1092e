package org.pivotroot.tck.harness.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.InotifyEvent;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Holds;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;

class AnswerTest {
  private static final Value.Descriptor FD = new Value.Descriptor(1);
  private static final byte[] STATX = FakeKernel.statx(FakeKernel.NEW);
  private static final FileId NEW = new FileId(FileId.device(0, 22), 1, 102);

  private static Returned returned(long value, byte[]... memory) {
    return new Returned(value, 0, List.of(memory));
  }

  private static Call read(Holds holds) {
    return Call.of(Syscall.READ, FD, buffer(64, holds), number(64));
  }

  private static Call getcwd(Holds holds) {
    return Call.of(Syscall.GETCWD, buffer(8, holds), number(8));
  }

  private static Call libcGetcwd(Value buffer) {
    return Call.of(LibraryFunction.GETCWD, buffer, number(8));
  }

  /** A struct inotify_event. */
  private static byte[] event(int mask, String name) {
    return ByteBuffer.allocate(16 + name.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1)
        .putInt(mask)
        .putInt(0)
        .putInt(name.length())
        .put(name.getBytes(UTF_8))
        .array();
  }

  /** A struct fanotify_event_metadata, and behind it a struct fanotify_event_info_mnt. */
  private static byte[] mountEvent(long mask, long mount) {
    return ByteBuffer.allocate(40)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(40)
        .putShort((short) 3)
        .putShort((short) 24)
        .putLong(mask)
        .putInt(-1)
        .putInt(0)
        .putInt(7 | 16 << 16)
        .putInt(0)
        .putLong(mount)
        .array();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(64).put(one).put(other).array();
  }

  static Stream<Arguments> answers() {
    Value buffer = buffer(8, Holds.TEXT);
    return Stream.of(
        arguments(Call.of(Syscall.CHDIR, text("/")), returned(0), new Result.Returned(0)),
        arguments(
            Call.of(Syscall.CHDIR, text("/")),
            new Returned(-1, 20, List.of()),
            new Result.Failed(20)),
        arguments(
            getcwd(Holds.TEXT), new Returned(-1, 34, List.of(new byte[8])), new Result.Failed(34)),
        arguments(
            Call.of(Syscall.OPENAT, workingDirectory(), text("/"), flags(), number(0)),
            returned(41),
            new Result.Opened(1041)),
        arguments(
            Call.of(Syscall.MMAP, nullPointer(), number(1), flags(), flags(), FD, number(0)),
            returned(0x7f00),
            new Result.Mapped(0x7f01)),
        arguments(Call.of(Syscall.UMASK, number(0)), returned(022), new Result.Masked(022)),
        arguments(
            Call.of(Syscall.PRCTL, number(7), number(0)), returned(1), new Result.Returned(1)),
        arguments(
            Call.of(Syscall.CLONE3, struct(StructType.CLONE_ARGS), number(88)),
            returned(4711),
            new Result.Returned(0)),
        arguments(
            Call.of(LibraryFunction.DLSYM, nullPointer(), text("getwd")),
            returned(0x7f0012345678L),
            new Result.Returned(1)),
        arguments(
            Call.of(LibraryFunction.DLSYM, nullPointer(), text("getwd")),
            returned(0),
            new Result.Returned(0)),
        arguments(
            Call.of(Syscall.POLL, struct(StructType.POLLFD), number(1), number(0)),
            returned(1, HexFormat.of().parseHex("2900000002000a00")),
            new Result.Happened(List.of(flags(PollEvent.POLLPRI, PollEvent.POLLERR)))),
        arguments(
            getcwd(Holds.TEXT),
            returned(5, "/old\0\0\0\0".getBytes(UTF_8)),
            new Result.Wrote("/old")),
        arguments(
            read(Holds.BYTES), returned(3, "/oldest".getBytes(UTF_8)), new Result.Wrote("/ol")),
        arguments(
            getcwd(Holds.TOUCHED),
            returned(5, HexFormat.of().parseHex("2f6f6c6400ffffff")),
            new Result.Touched(5, "/old", 5)),
        arguments(
            getcwd(Holds.TOUCHED),
            returned(0, HexFormat.of().parseHex("ffffffffffffffff")),
            new Result.Touched(0, "", 0)),
        arguments(
            read(Holds.LINES), returned(4, "a\nb\n\0\0".getBytes(UTF_8)), new Result.Lines(2)),
        arguments(read(Holds.LINES), returned(0, new byte[8]), new Result.Lines(0)),
        arguments(read(Holds.NOTHING), returned(4, new byte[8]), new Result.Returned(4)),
        arguments(
            Call.of(
                Syscall.STATX, workingDirectory(), text("/"), flags(), flags(), FileCalls.STATX),
            returned(0, STATX),
            new Result.Identified(NEW)),
        arguments(
            read(Holds.MOUNT_EVENTS),
            returned(40, mountEvent(0x3000000, 1L << 40)),
            new Result.MountsChanged(List.of(MountEvent.moved(1L << 40)))),
        arguments(
            read(Holds.INOTIFY_EVENTS),
            returned(
                16 + 4 + 16, joined(event(0x40000100, "new\0"), event(0x2000 | 0x20000000, ""))),
            new Result.Happened(
                List.of(
                    flags(InotifyEvent.IN_CREATE),
                    new Value.Flags(List.of(InotifyEvent.IN_UNMOUNT), 0x20000000)))),
        arguments(
            libcGetcwd(buffer), returned(1, "/old\0".getBytes(UTF_8)), new Result.Wrote("/old")),
        arguments(
            libcGetcwd(buffer), returned(2, "/old\0".getBytes(UTF_8)), new Result.Returned(2)),
        arguments(
            libcGetcwd(nullPointer()),
            returned(24, "/old\0".getBytes(UTF_8)),
            new Result.Allocated("/old", 24)),
        arguments(libcGetcwd(nullPointer()), new Returned(-1, 2, List.of()), new Result.Failed(2)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void eachKindOfResult(Call call, Returned returned, Result expected) {
    Result result =
        new Answer(call, returned)
            .result(number -> (int) number + 1000, address -> (int) address + 1);
    assertThat(result).isEqualTo(expected);
  }

  @Test
  void aTaskIsSeenAsItIs() {
    byte[] mounts = "102 90 0:22 / / rw - tmpfs t rw\n".getBytes(UTF_8);
    byte[] tree = "90 90 0:2 / / rw - rootfs r rw\n".getBytes(UTF_8);
    byte[] cwd = FakeKernel.statx(FakeKernel.OLD);
    assertThat(Answer.view(new Reply.TaskSurvey("S", STATX, cwd, mounts, 77, tree, "")))
        .isEqualTo(
            new View(
                NEW,
                new FileId(FileId.device(0, 22), 2, 102),
                MountTable.parse("102 90 0:22 / / rw - tmpfs t rw\n"),
                77,
                MountTable.parse("90 90 0:2 / / rw - rootfs r rw\n")));
  }
}
