package org.pivotroot.tck.harness.agent;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A task that is a thread of this process. */
final class ThreadTask implements TaskHandle {

  /** In the queue, the word to end. */
  private enum Last implements Runnable {
    WORD;

    @Override
    public void run() {}
  }

  private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Proc proc;
  private final Thread thread;
  private final TaskPlace place;

  /**
   * Starts the thread. The calling thread is its creator: what clone(2) with CLONE_FS shares or
   * copies comes from there.
   */
  ThreadTask(String name, Proc proc, boolean ownFs) {
    this.proc = proc;
    thread = new Thread(this::loop, "task " + name);
    thread.setDaemon(true);
    thread.start();
    place =
        call(
            () -> {
              if (ownFs) {
                Libc.checked("unshare", Libc.unshare(Libc.CLONE_FS));
              }
              return new TaskPlace(Libc.getpid(), Libc.gettid());
            });
  }

  private void loop() {
    try {
      for (Runnable next = work.take(); next != Last.WORD; next = work.take()) {
        next.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the work on the task's thread. */
  <T> T call(Callable<T> job) {
    FutureTask<T> future = new FutureTask<>(job);
    work.add(future);
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new AgentTrouble("interrupted while waiting for " + thread.getName());
    }
  }

  @Override
  public TaskPlace place() {
    return place;
  }

  @Override
  public Reply ask(Request request) {
    if (request instanceof Request.Invoke invoke) {
      return new Reply.Results(call(() -> Libc.invoke(invoke.calls())));
    }
    if (request instanceof Request.Read read) {
      return call(() -> Proc.readOfTask(read.path()));
    }
    if (request instanceof Request.Run run) {
      return call(() -> Program.run(run));
    }
    throw new AgentTrouble("no request for a task: " + request);
  }

  @Override
  public void end() {
    work.add(Last.WORD);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AgentTrouble("interrupted while waiting for the end of " + thread.getName());
    }
    // Java's join returns a moment before the kernel has taken the thread's namespaces apart.
    proc.awaitEnd(place.directory());
  }
}
