package org.pivotroot.tck.suites.fanotify7;

import static org.pivotroot.tck.model.call.FanotifyEvent.FAN_MNT_ATTACH;
import static org.pivotroot.tck.model.call.FanotifyEvent.FAN_MNT_DETACH;

import java.util.List;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.Result.MountsChanged;
import org.pivotroot.tck.model.call.Value.Descriptor;

/** A task that is told what becomes of mounts. */
record Watch(Task task, Descriptor events) {
  /** The first series that tells of mounts, what those before it lack, and what brought it. */
  static final String SINCE = "6.15";

  static final String LACKING = "events of mounts came with Linux 6.15";
  static final String COMMIT = "fanotify: notify on mount attach and detach";

  /** A task that watches all in its own mount namespace from now on. */
  static Watch by(Task task) {
    Descriptor events = task.fanotifyInit().value();
    Descriptor namespace = task.mountNamespace().value();
    task.fanotifyMark(events, namespace, FAN_MNT_ATTACH, FAN_MNT_DETACH);
    task.close(namespace);
    return new Watch(task, events);
  }

  /** These events have come since the last time, in this order, and no other. */
  void sees(MountEvent... expected) {
    if (expected.length > 0) {
      task.mountEvents(events).is(new MountsChanged(List.of(expected)));
    }
    task.mountEvents(events).fails(Errno.EAGAIN);
  }

  /** The events that have come since the last time, at least one. */
  List<MountEvent> seen() {
    return task.mountEvents(events).value().events();
  }
}
