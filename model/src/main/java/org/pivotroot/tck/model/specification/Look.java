package org.pivotroot.tck.model.specification;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.look.View;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Refused;

/** A task seen from outside, with numbers of the specification's own (proc_pid_mountinfo(5)). */
public final class Look {
  private final State state;
  private final Task task;

  Look(State state, Task task) {
    this.state = state;
    this.task = task;
  }

  /** Where its root is. */
  public FileId root() {
    return LookCall.id(task.fs.root);
  }

  /** Where its working directory is. */
  public FileId cwd() {
    return LookCall.id(task.fs.cwd);
  }

  /** The mounts within its root. */
  public MountTable mounts() {
    return table(task.fs.root);
  }

  /** The mounts of its namespace, seen from where setns(2) would put one. */
  public MountTable tree() {
    return table(task.namespace.entrance());
  }

  /** Whether its root is where setns(2) would put one, so that both tables are the same. */
  public boolean isAtEntrance() {
    return task.fs.root.equals(task.namespace.entrance());
  }

  /** Whether it is a thread of the first user namespace with all capabilities there. */
  public boolean isPrivileged() {
    return !task.process
        && task.uid == 0
        && task.effective.containsAll(EnumSet.allOf(Capability.class));
  }

  /** Whether it is one of the threads that have their descriptors in common. */
  public boolean isThread() {
    return !task.process;
  }

  /** Its mount namespace. */
  public long namespace() {
    return task.namespace.number;
  }

  /** All of that. */
  public View view() {
    return new View(root(), cwd(), mounts(), namespace(), tree());
  }

  /** Whether a path, links followed, leads anywhere for it. */
  public boolean reaches(String path) {
    try {
      new Walk(state, task).to(task.fs.cwd, path, true);
      return true;
    } catch (Refused | Inexpressible e) {
      return false;
    }
  }

  private MountTable table(Place root) {
    List<Mount> mounts =
        state.mounts.stream()
            .filter(mount -> mount.namespace == task.namespace)
            .sorted(Comparator.comparing(mount -> mount.number))
            .toList();
    return new MountTable(
        mounts.stream()
            .filter(mount -> PathText.of(mount.place(), root).reachable())
            .map(mount -> line(mount, root))
            .toList());
  }

  private org.pivotroot.tck.model.look.Mount line(Mount mount, Place root) {
    return new org.pivotroot.tck.model.look.Mount(
        mount.number,
        mount.hasParent() ? mount.parent.number : mount.number,
        PathText.of(mount.place(), root).path(),
        mount.fs.type,
        mount.fs.number,
        mount.root.path(),
        MountOption.text(mount.options),
        propagation(mount, root));
  }

  private Propagation propagation(Mount mount, Place root) {
    return new Propagation(
        number(mount.group()),
        number(mount.master()),
        number(dominating(mount, root)),
        mount.unbindable);
  }

  private static long number(PeerGroup group) {
    return group == null ? 0 : group.number;
  }

  /** get_dominating_id() in fs/pnode.c: the nearest group above that the reader can see. */
  private static PeerGroup dominating(Mount mount, Place root) {
    for (PeerGroup group = mount.master(); group != null; group = group.master()) {
      for (Mount member : group.members) {
        if (member.namespace == mount.namespace && member.place().isUnder(root)) {
          return group == mount.master() ? null : group;
        }
      }
    }
    return null;
  }
}
