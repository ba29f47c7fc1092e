package org.pivotroot.tck.harness.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * Looks at tasks from outside. Runs on a thread with its own fs state, which visits the namespaces
 * it is asked about: setns(2) puts a visitor at the namespace's own root, from where the mount
 * table shows what a chrooted task cannot see.
 */
final class Surveyor {
  private static final String OWN_NAMESPACE = "thread-self/ns/mnt";

  private final Proc proc;
  private final Statmount statmount = new Statmount();
  private final int home;

  Surveyor(Proc proc) {
    this.proc = proc;
    if (!proc.exists(OWN_NAMESPACE)) {
      throw new AgentTrouble(
          "there is no /proc/"
              + OWN_NAMESPACE
              + " here: without mount namespaces no claim has a place of its own to be tried in");
    }
    home = proc.open(OWN_NAMESPACE);
  }

  /**
   * Looks at tasks.
   *
   * @param witness whether statmount(2) is asked too
   */
  List<Reply.TaskSurvey> survey(Map<String, TaskPlace> places, boolean witness) {
    Map<String, Tree> trees = new HashMap<>();
    return places.entrySet().stream()
        .map(entry -> survey(entry.getKey(), entry.getValue(), trees, witness))
        .toList();
  }

  /** A namespace's whole tree, and how statmount(2) tells it otherwise. */
  private record Tree(byte[] mountinfo, String otherwise) {}

  private Reply.TaskSurvey survey(
      String task, TaskPlace place, Map<String, Tree> trees, boolean witness) {
    String directory = place.directory();
    String namespace = proc.link(directory + "/ns/mnt");
    Tree tree = trees.computeIfAbsent(namespace, name -> wholeTree(directory, witness));
    return new Reply.TaskSurvey(
        task,
        stat(directory + "/root"),
        stat(directory + "/cwd"),
        proc.read(directory + "/mountinfo").bytes(),
        Long.parseLong(namespace, "mnt:[".length(), namespace.length() - 1, 10),
        tree.mountinfo(),
        tree.otherwise());
  }

  private byte[] stat(String path) {
    Returned returned = proc.stat(path);
    if (returned.value() == -1) {
      throw new AgentTrouble("statx of /proc/" + path + ": errno " + returned.errno());
    }
    return returned.memory().get(0);
  }

  private Tree wholeTree(String directory, boolean witness) {
    int visited = proc.open(directory + "/ns/mnt");
    try {
      Libc.checked("setns", Libc.setns(visited, Libc.CLONE_NEWNS));
      try {
        byte[] mountinfo = proc.read("thread-self/mountinfo").bytes();
        return new Tree(mountinfo, witness ? statmount.otherThan(mountinfo) : "");
      } finally {
        Libc.checked("setns", Libc.setns(home, Libc.CLONE_NEWNS));
      }
    } finally {
      Libc.checked("close", Libc.close(visited));
    }
  }
}
