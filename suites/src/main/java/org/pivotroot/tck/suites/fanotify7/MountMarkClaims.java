package org.pivotroot.tck.suites.fanotify7;

import static org.pivotroot.tck.model.call.FanotifyEvent.FAN_MNT_ATTACH;
import static org.pivotroot.tck.model.call.FanotifyEvent.FAN_MNT_DETACH;
import static org.pivotroot.tck.model.call.MountEvent.attached;
import static org.pivotroot.tck.model.call.MountEvent.detached;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.FanotifyFlag;
import org.pivotroot.tck.model.call.FanotifyMark;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;

/** What can be watched, by whom, and what they are told that asked for a part. */
@Page("fanotify(7)")
@Needs(Feature.MOUNT_EVENTS)
class MountMarkClaims {
  @Claim(
      id = "mount-events-that-were-asked-for",
      section = "mount events",
      editions = "none",
      says = "Who asks for one kind is told that kind alone, of a move only that half of it",
      catches = "a kernel that takes a mark for all events, or keeps one that was removed",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void askedFor(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    long mount = s.uniqueMountOf("/new").value();
    Descriptor namespace = s.mountNamespace().value();
    Watch attachments = new Watch(s, s.fanotifyInit().value());
    Watch detachments = new Watch(s, s.fanotifyInit().value());
    s.fanotifyMark(attachments.events(), namespace, FAN_MNT_ATTACH);
    s.fanotifyMark(detachments.events(), namespace, FAN_MNT_DETACH);
    s.move("/new", "/place").succeeds();
    attachments.sees(attached(mount));
    detachments.sees(detached(mount));
    s.fanotifyUnmark(attachments.events(), namespace, FAN_MNT_ATTACH).succeeds();
    s.move("/place", "/new").succeeds();
    attachments.sees();
    detachments.sees(detached(mount));
  }

  @Claim(
      id = "mount-events-of-namespaces-alone",
      section = "mount events",
      editions = "none",
      says = "A group for mounts watches namespaces alone, and no other group does: EINVAL",
      catches = "a kernel that watches something else then, or nothing",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void namespacesAlone(Stage stage) {
    Task s = stage.task("S");
    Descriptor events = s.fanotifyInit().value();
    Descriptor namespace = s.mountNamespace().value();
    s.fanotifyMark(events, namespace).fails(Errno.EINVAL);
    Descriptor files =
        s.call(
                Task.DESCRIPTOR,
                Syscall.FANOTIFY_INIT,
                Value.flags(FanotifyFlag.FAN_REPORT_FID, FanotifyFlag.FAN_CLOEXEC),
                Value.flags())
            .value();
    s.fanotifyMark(files, namespace, FAN_MNT_ATTACH).fails(Errno.EINVAL);
    s.call(
            Syscall.FANOTIFY_MARK,
            events,
            Value.flags(FanotifyMark.FAN_MARK_ADD),
            Value.flags(FAN_MNT_ATTACH),
            namespace,
            Value.nullPointer())
        .fails(Errno.EINVAL);
    s.fanotifyMark(events, namespace, FAN_MNT_ATTACH).succeeds();
  }

  @Claim(
      id = "mount-events-need-sys-admin",
      section = "mount events",
      editions = "none",
      says = "To watch a namespace takes CAP_SYS_ADMIN: EPERM, and nothing is told",
      catches = "a kernel in which whoever has a descriptor of a namespace may watch it",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void needsAdmin(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Descriptor events = p.fanotifyInit().value();
    Descriptor namespace = p.mountNamespace().value();
    p.drop(Capability.CAP_SYS_ADMIN);
    p.fanotifyMark(events, namespace, FAN_MNT_ATTACH).fails(Errno.EPERM);
    Watch watch = new Watch(p, events);
    s.mountTmpfs("/new/old");
    watch.sees();
    s.fanotifyMark(events, namespace, FAN_MNT_ATTACH).succeeds();
    s.mountTmpfs("/new/old");
    watch.sees(attached(s.uniqueMountOf("/new/old").value()));
  }

  @Claim(
      id = "mount-events-of-less-privileged-namespaces",
      section = "mount events",
      editions = "none",
      says = "Its administrator may watch a less privileged namespace, and is told of it alone",
      catches = "a kernel that shows the administrator of a container what its host mounts",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void lessPrivileged(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task u = s.lessPrivileged("U");
    Descriptor events = u.fanotifyInit().succeeds().value();
    Descriptor namespace = u.mountNamespace().value();
    u.fanotifyMark(events, namespace, FAN_MNT_ATTACH, FAN_MNT_DETACH).succeeds();
    Watch watch = new Watch(u, events);
    s.mountTmpfs("/place").succeeds();
    watch.sees();
    u.mountTmpfs("/place").succeeds();
    watch.sees(attached(u.uniqueMountOf("/place").value()));
  }

  /** The file of Q's namespace is mounted where U, who is in the namespace of S, can open it. */
  @Claim(
      id = "mount-events-of-more-privileged-namespaces",
      section = "mount events",
      editions = "none",
      says = "The privilege must reach the namespace that is watched: EPERM, and nothing is told",
      catches = "a kernel in which a user namespace of one's own is enough to watch the host",
      userland = true)
  @NotApplicable(before = Watch.SINCE, because = Watch.LACKING, commit = Watch.COMMIT)
  void morePrivileged(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    s.createFile("/place");
    s.bind(q.mountNamespace().value().path(), "/place");
    Task u = s.process("U", "unshare", "--user", "--map-root-user");
    Descriptor events = u.fanotifyInit().value();
    u.fanotifyMark(events, u.open("/place", O_RDONLY).value(), FAN_MNT_ATTACH).fails(Errno.EPERM);
    Watch watch = new Watch(u, events);
    q.mountTmpfs("/new/old");
    watch.sees();
    Descriptor control = s.fanotifyInit().value();
    s.fanotifyMark(control, s.open("/place", O_RDONLY).value(), FAN_MNT_ATTACH).succeeds();
  }
}
