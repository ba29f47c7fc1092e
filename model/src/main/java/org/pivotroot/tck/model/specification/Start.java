package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.rule.Inexpressible;

/** A task is started by another (clone(2)), a process through a program that changes it first. */
final class Start {
  private final State state;
  private final Task task;

  private Start(State state, Task task) {
    this.state = state;
    this.task = task;
  }

  static void of(State state, Event.Started started) {
    Task parent = state.task(started.task());
    boolean process = started.how() == Event.How.PROCESS;
    Task task = new Task(started.other(), process, process ? ++state.lastTable : parent.table);
    task.effective.addAll(parent.effective);
    task.permitted.addAll(parent.permitted);
    task.userNamespace = parent.userNamespace;
    task.namespace = parent.namespace;
    task.fs = started.how() == Event.How.THREAD_SHARING_FS ? parent.fs : parent.fs.copy();
    task.uid = parent.uid;
    task.gid = parent.gid;
    state.tasks.put(task.name, task);
    new Start(state, task).through(started.command());
  }

  private void through(List<String> command) {
    if (command.isEmpty()) {
      return;
    }
    List<String> options = new ArrayList<>(command.subList(1, command.size()));
    if (command.get(0).equals("unshare")) {
      unshare(options);
    } else if (command.get(0).equals("setpriv")) {
      setpriv(options);
    } else {
      throw new Inexpressible("a process through " + command.get(0));
    }
  }

  /** unshare(1), which makes the propagation of a new mount namespace private unless told. */
  private void unshare(List<String> options) {
    boolean user = options.remove("--user");
    boolean mapped = options.remove("--map-root-user");
    boolean mount = options.remove("--mount");
    int propagation = options.indexOf("--propagation");
    String type = "private";
    if (propagation >= 0) {
      options.remove(propagation);
      type = options.remove(propagation);
    }
    if (!options.isEmpty()) {
      throw new Inexpressible("unshare(1) with " + options);
    }
    if ((user || mapped) && !task.fs.root.equals(task.namespace.entrance())) {
      throw new Inexpressible("unshare(1) in a chroot, which fails");
    }
    if (user || mapped) {
      NamespaceCall.enterNewUserNamespace(task, mapped);
    }
    if (mount) {
      NamespaceCopy.enter(state, task, task.userNamespace);
      if (!type.equals("unchanged")) {
        PropagationType to = PropagationType.valueOf(type.toUpperCase(Locale.ROOT));
        task.fs.root.mount().treeInDepth().forEach(one -> to.apply(state, one));
      }
    }
  }

  /** setpriv(1), of which one set of options is known. */
  private void setpriv(List<String> options) {
    while (!options.isEmpty() && options.get(0).startsWith("--")) {
      String option = options.remove(0);
      if (option.startsWith("--reuid=")) {
        task.uid = Integer.parseInt(option.substring("--reuid=".length()));
      } else if (option.startsWith("--regid=")) {
        task.gid = Integer.parseInt(option.substring("--regid=".length()));
      } else if (!option.equals("--clear-groups")) {
        throw new Inexpressible("setpriv(1) with " + option);
      }
    }
    if (task.uid != 0) {
      task.effective.clear();
      task.permitted.clear();
    }
    through(options);
  }
}
