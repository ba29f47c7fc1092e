package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.ENOTEMPTY;
import static org.pivotroot.tck.model.call.Errno.EPERM;
import static org.pivotroot.tck.model.call.Errno.EROFS;

import java.util.List;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Rule;

/** An entry of a directory that a task makes or takes away, and what is the same for all calls. */
final class Entry {
  static final Branch TAKES_MOUNTS_ALONG =
      new Branch(
          "entry.mounts-go",
          "what other namespaces have mounted on it is unmounted there",
          "mount_namespaces(7), Restrictions on mount namespaces; detach_mounts()");
  static final List<Clause> CLAUSES = List.of(TAKES_MOUNTS_ALONG);

  private final State state;
  private final Task task;
  private final Last last;

  Entry(State state, Task task, Last last) {
    this.state = state;
    this.task = task;
    this.last = last;
  }

  static Rule readOnly(String call) {
    return Rule.of(
        call + ".read-only",
        EROFS,
        "the mount or the file system of the directory is read-only",
        call + "(2), ERRORS");
  }

  static Rule missing(String call) {
    return Rule.of(call + ".missing", ENOENT, "there is nothing there", call + "(2), ERRORS");
  }

  static Rule notWritable(String call) {
    return Rule.of(
        call + ".not-writable",
        EACCES,
        "the caller may not write to the directory",
        call + "(2), ERRORS");
  }

  static Rule sticky(String call) {
    return Rule.of(
        call + ".sticky",
        EPERM,
        "the directory is sticky, and neither it nor the entry is the caller's",
        call + "(2), ERRORS; inode(7)");
  }

  static Rule busy(String call) {
    return Rule.of(
        call + ".mount-point",
        EBUSY,
        "in the mount namespace of the caller something is mounted on it, through whichever mount",
        call + "(2), ERRORS; is_local_mountpoint() in fs/namespace.c");
  }

  static Rule notEmpty(String call) {
    return Rule.of(call + ".not-empty", ENOTEMPTY, "it is not empty", call + "(2), ERRORS");
  }

  Node node() {
    return last.node();
  }

  Node directory() {
    return last.parent().node();
  }

  boolean isMissing() {
    return node() == null;
  }

  boolean isReadOnly() {
    return last.parent().mount().options.contains(MountOption.READ_ONLY) || directory().fs.readOnly;
  }

  boolean isNotWritable() {
    return !task.may(directory(), 3);
  }

  boolean isSticky() {
    return (directory().mode & 01000) != 0
        && task.uid != node().uid
        && task.uid != directory().uid
        && !task.overrides(node(), Capability.CAP_FOWNER);
  }

  boolean isDirectory() {
    return node() != null && node().isDirectory();
  }

  boolean isMountPoint() {
    return !isMissing()
        && state.mounts.stream()
            .anyMatch(mount -> mount.namespace == task.namespace && mount.point == node());
  }

  void make(Node.Kind kind, int mode, String target) {
    Node made = directory().fs.make(kind, mode & ~task.fs.mask, task.uid, task.gid, target);
    made.enter(directory(), last.name());
  }

  void remove() {
    Node node = node();
    node.remove();
    for (Mount mount : List.copyOf(state.mounts)) {
      if (mount.point == node) {
        state.met(TAKES_MOUNTS_ALONG);
        if (mount.gone) {
          mount.cut();
        } else {
          Unmounting.withoutPropagation(state, mount);
        }
      }
    }
    state.slots.removeIf(slot -> slot.node() == node);
  }

  void move(Entry to) {
    Node node = node();
    node.parent.children.remove(node.name);
    if (!to.isMissing()) {
      to.remove();
    }
    node.enter(to.directory(), to.last.name());
  }
}
