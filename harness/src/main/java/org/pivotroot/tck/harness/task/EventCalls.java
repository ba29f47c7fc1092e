package org.pivotroot.tck.harness.task;

import static java.util.stream.Collectors.joining;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.model.call.FanotifyEvent;
import org.pivotroot.tck.model.call.FanotifyFlag;
import org.pivotroot.tck.model.call.FanotifyMark;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.InotifyEvent;
import org.pivotroot.tck.model.call.InotifyFlag;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Holds;

/** Calls that tell what has happened. */
interface EventCalls extends Calling {

  /** inotify_init1(2) with IN_NONBLOCK and IN_CLOEXEC. */
  default Outcome<Descriptor> inotifyInit() {
    return call(
        DESCRIPTOR, Syscall.INOTIFY_INIT1, flags(InotifyFlag.IN_NONBLOCK, InotifyFlag.IN_CLOEXEC));
  }

  /**
   * inotify_add_watch(2) for IN_DELETE_SELF, and so for IN_UNMOUNT, which comes unasked when the
   * file system itself ends. A watch keeps neither mount nor file system busy.
   */
  default Outcome<Void> inotifyAddWatch(Descriptor inotify, String path) {
    return call(Syscall.INOTIFY_ADD_WATCH, inotify, text(path), flags(InotifyEvent.IN_DELETE_SELF));
  }

  /**
   * read(2) of an inotify descriptor: the masks of all waiting events, by name, without IN_ISDIR.
   */
  default Outcome<String> inotifyEvents(Descriptor inotify) {
    return call(
        result -> named(result, " "),
        Syscall.READ,
        inotify,
        buffer(PATH_BUFFER, Holds.INOTIFY_EVENTS),
        number(PATH_BUFFER));
  }

  /**
   * fanotify_init(2) of a group that is told of mounts: FAN_REPORT_MNT, FAN_NONBLOCK and
   * FAN_CLOEXEC.
   */
  default Outcome<Descriptor> fanotifyInit() {
    return call(
        DESCRIPTOR,
        Syscall.FANOTIFY_INIT,
        flags(FanotifyFlag.FAN_REPORT_MNT, FanotifyFlag.FAN_NONBLOCK, FanotifyFlag.FAN_CLOEXEC),
        flags());
  }

  /** fanotify_mark(2) of a mount namespace, by a descriptor of its file, for these events. */
  default Outcome<Void> fanotifyMark(
      Descriptor fanotify, Descriptor namespace, FanotifyEvent... events) {
    return fanotifyMark(FanotifyMark.FAN_MARK_ADD, fanotify, namespace, events);
  }

  /** fanotify_mark(2) that is told no more of these events. */
  default Outcome<Void> fanotifyUnmark(
      Descriptor fanotify, Descriptor namespace, FanotifyEvent... events) {
    return fanotifyMark(FanotifyMark.FAN_MARK_REMOVE, fanotify, namespace, events);
  }

  private Outcome<Void> fanotifyMark(
      FanotifyMark what, Descriptor fanotify, Descriptor namespace, FanotifyEvent... events) {
    return call(
        Syscall.FANOTIFY_MARK,
        fanotify,
        flags(what, FanotifyMark.FAN_MARK_MNTNS),
        flags(events),
        namespace,
        nullPointer());
  }

  /** read(2) of a fanotify descriptor: all waiting events about mounts. */
  default Outcome<Result.MountsChanged> mountEvents(Descriptor fanotify) {
    return call(
        Result.MountsChanged.class::cast,
        Syscall.READ,
        fanotify,
        buffer(PATH_BUFFER, Holds.MOUNT_EVENTS),
        number(PATH_BUFFER));
  }

  /** poll(2) with no timeout on one descriptor, for POLLPRI: the events returned, by name. */
  default Outcome<String> poll(Descriptor descriptor) {
    return call(
        result -> named(result, " "),
        Syscall.POLL,
        struct(StructType.POLLFD, "fd", descriptor, "events", flags(PollEvent.POLLPRI)),
        number(1),
        number(0));
  }

  private static String named(Result result, String separator) {
    return ((Result.Happened) result)
        .events().stream()
            .map(event -> event.flags().stream().map(Flag::name).collect(joining("|")))
            .collect(joining(separator));
  }
}
