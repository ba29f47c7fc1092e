package org.pivotroot.tck.harness.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Threads that stand where another task does, as if it had started them, and can do so again in the
 * next scenario: to start and end a thread takes longer than most scenarios.
 */
final class Understudies {
  private final Proc proc;
  private final long home;
  private final Deque<ThreadTask> idle = new ArrayDeque<>();
  private final Set<ThreadTask> playing = new HashSet<>();

  /**
   * None yet.
   *
   * @param home a descriptor of the namespace in which they wait
   */
  Understudies(Proc proc, long home) {
    this.proc = proc;
    this.home = home;
  }

  /** One that has the namespace, root and working directory of a task that may do everything. */
  ThreadTask of(TaskPlace place) {
    ThreadTask thread =
        idle.isEmpty() ? new ThreadTask("understudy", proc, true) : idle.removeFirst();
    playing.add(thread);
    thread.call(() -> enter(place.directory()));
    return thread;
  }

  private Void enter(String directory) {
    int namespace = proc.open(directory + "/ns/mnt");
    int root = proc.openPlace(directory + "/root");
    int cwd = proc.openPlace(directory + "/cwd");
    Libc.checked("setns", Libc.setns(namespace, Libc.CLONE_NEWNS));
    Libc.checked("fchdir", Libc.fchdir(root));
    Libc.checked("chroot", Libc.chroot(Libc.path(".")));
    Libc.checked("fchdir", Libc.fchdir(cwd));
    Program.close(namespace, root, cwd);
    return null;
  }

  /** It cannot take another's part any more. */
  void spent(TaskHandle task) {
    if (task instanceof ThreadTask thread) {
      playing.remove(thread);
    }
  }

  /** A task of a scenario ends. */
  void end(TaskHandle task) {
    if (task instanceof ThreadTask thread && playing.remove(thread)) {
      thread.call(this::goHome);
      idle.addFirst(thread);
    } else {
      task.end();
    }
  }

  /** Has the calling thread leave its namespace. */
  int goHome() {
    Libc.checked("unshare", Libc.unshare(Libc.CLONE_FS));
    return Libc.checked("setns", Libc.setns((int) home, Libc.CLONE_NEWNS));
  }
}
