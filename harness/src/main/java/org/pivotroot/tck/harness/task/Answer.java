package org.pivotroot.tck.harness.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.FanotifyEvent;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.InotifyEvent;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;

/** What the agent answered to a call, read: the bytes in its buffers as what they are. */
record Answer(Call call, Returned returned) {
  /** Either says that there is a mount ID. */
  private static final long MOUNT_ID =
      StatxMask.STATX_MNT_ID.bit() | StatxMask.STATX_MNT_ID_UNIQUE.bit();

  private static final int REVENTS = 6;
  private static final int INOTIFY_HEADER = 16;
  private static final int INOTIFY_MASK = 4;
  private static final int INOTIFY_LENGTH = 12;

  /** struct fanotify_event_metadata, and behind it a struct fanotify_event_info_mnt. */
  private static final int FANOTIFY_HEADER_LENGTH = 6;

  private static final int FANOTIFY_MASK = 8;
  private static final int ABOUT_A_MOUNT = 7;

  /**
   * The result, with numbers as the kernel gave them.
   *
   * @param opened takes the number of a descriptor that was opened, and gives it its name
   * @param mapped takes the address of a mapping likewise
   */
  Result result(LongToIntFunction opened, LongToIntFunction mapped) {
    long value = returned.value();
    if (value == -1) {
      return new Result.Failed(returned.errno());
    }
    return switch (call.returns()) {
      case DESCRIPTOR -> new Result.Opened(opened.applyAsInt(value));
      case MAPPING -> new Result.Mapped(mapped.applyAsInt(value));
      case MODE -> new Result.Masked((int) value);
      case CHILD -> new Result.Returned(0);
      case PRESENCE -> new Result.Returned(value == 0 ? 0 : 1);
      case STRUCTURES ->
          new Result.Happened(
              List.of(
                  flags(PollEvent.values(), buffer(returned.memory().get(0)).getShort(REVENTS))));
      case ALLOCATED_TEXT -> new Result.Allocated(text(returned.memory().get(0)), value);
      // 2: a text, but not where it was to be.
      case ITS_BUFFER -> value == 1 ? filled() : new Result.Returned(value);
      case NOTHING, NUMBER -> filled();
    };
  }

  private Result filled() {
    if (call.buffer().isEmpty()) {
      return new Result.Returned(returned.value());
    }
    byte[] bytes = returned.memory().get(returned.memory().size() - 1);
    return switch (call.buffer().get().holds()) {
      case TEXT -> new Result.Wrote(text(bytes));
      case BYTES ->
          new Result.Wrote(new String(bytes, 0, (int) returned.value(), StandardCharsets.UTF_8));
      case TOUCHED -> touched(bytes);
      case LINES -> new Result.Lines((int) text(bytes).lines().count());
      case STATX -> new Result.Identified(file(bytes));
      case INOTIFY_EVENTS -> new Result.Happened(events(bytes, (int) returned.value()));
      case MOUNT_EVENTS -> new Result.MountsChanged(mountEvents(bytes, (int) returned.value()));
      case NOTHING -> new Result.Returned(returned.value());
    };
  }

  /** A text up to the first null byte. */
  private static String text(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private Result touched(byte[] bytes) {
    int written = bytes.length;
    while (written > 0 && bytes[written - 1] == Lowering.UNTOUCHED) {
      written--;
    }
    return new Result.Touched(returned.value(), text(Arrays.copyOf(bytes, written)), written);
  }

  private static List<Value.Flags> events(byte[] bytes, int length) {
    List<Value.Flags> events = new ArrayList<>();
    ByteBuffer buffer = buffer(bytes);
    int at = 0;
    while (at < length) {
      int mask = buffer.getInt(at + INOTIFY_MASK);
      events.add(flags(InotifyEvent.values(), mask & ~(int) InotifyEvent.IN_ISDIR.bit()));
      at += INOTIFY_HEADER + buffer.getInt(at + INOTIFY_LENGTH);
    }
    return events;
  }

  private static List<MountEvent> mountEvents(byte[] bytes, int length) {
    List<MountEvent> events = new ArrayList<>();
    ByteBuffer buffer = buffer(bytes);
    int at = 0;
    while (at < length) {
      int eventLength = buffer.getInt(at);
      int record = at + buffer.getShort(at + FANOTIFY_HEADER_LENGTH);
      Value.Flags mask = flags(FanotifyEvent.values(), buffer.getLong(at + FANOTIFY_MASK));
      boolean tellsMount = record < at + eventLength && buffer.get(record) == ABOUT_A_MOUNT;
      events.add(new MountEvent(mask, tellsMount ? buffer.getLong(record + Long.BYTES) : 0));
      at += eventLength;
    }
    return events;
  }

  private static Value.Flags flags(Flag[] all, long bits) {
    List<Flag> named = Stream.of(all).filter(flag -> (bits & flag.bit()) != 0).toList();
    return new Value.Flags(named, bits & ~Flag.bits(named));
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Which file a struct statx is of. */
  static FileId file(byte[] statx) {
    ByteBuffer buffer = buffer(statx);
    return new FileId(
        FileId.device(buffer.getInt(Reply.STX_DEV), buffer.getInt(Reply.STX_DEV + Integer.BYTES)),
        buffer.getLong(Reply.STX_INO),
        (buffer.getInt(0) & MOUNT_ID) == 0 ? FileId.UNKNOWN : buffer.getLong(Reply.STX_MNT_ID));
  }

  /** A task as it was seen. */
  static View view(Reply.TaskSurvey survey) {
    return new View(
        file(survey.root()),
        file(survey.cwd()),
        table(survey.mountinfo()),
        survey.namespace(),
        table(survey.wholeTree()));
  }

  private static MountTable table(byte[] mountinfo) {
    return MountTable.parse(new String(mountinfo, StandardCharsets.UTF_8));
  }
}
