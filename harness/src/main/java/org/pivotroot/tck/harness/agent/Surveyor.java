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
  private final Proc proc;
  private final int home;

  Surveyor(Proc proc) {
    this.proc = proc;
    home = proc.open("thread-self/ns/mnt");
  }

  List<Reply.TaskSurvey> survey(Map<String, TaskPlace> places) {
    Map<String, byte[]> trees = new HashMap<>();
    return places.entrySet().stream()
        .map(entry -> survey(entry.getKey(), entry.getValue(), trees))
        .toList();
  }

  private Reply.TaskSurvey survey(String task, TaskPlace place, Map<String, byte[]> trees) {
    String directory = place.directory();
    String namespace = proc.link(directory + "/ns/mnt");
    byte[] tree = trees.computeIfAbsent(namespace, name -> wholeTree(directory));
    return new Reply.TaskSurvey(
        task,
        stat(directory + "/root"),
        stat(directory + "/cwd"),
        proc.read(directory + "/mountinfo").bytes(),
        Long.parseLong(namespace, "mnt:[".length(), namespace.length() - 1, 10),
        tree);
  }

  private byte[] stat(String path) {
    Returned returned = proc.stat(path);
    if (returned.value() == -1) {
      throw new AgentTrouble("statx of /proc/" + path + ": errno " + returned.errno());
    }
    return returned.memory().get(0);
  }

  private byte[] wholeTree(String directory) {
    int visited = proc.open(directory + "/ns/mnt");
    try {
      Libc.checked("setns", Libc.setns(visited, Libc.CLONE_NEWNS));
      try {
        return proc.read("thread-self/mountinfo").bytes();
      } finally {
        Libc.checked("setns", Libc.setns(home, Libc.CLONE_NEWNS));
      }
    } finally {
      Libc.checked("close", Libc.close(visited));
    }
  }
}
