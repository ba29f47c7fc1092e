package org.pivotroot.tck.harness.agent;

import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A task that is a thread of this process. */
final class ThreadTask implements TaskHandle {
  private static final int CPU_SET_SIZE = 128;
  private static final long LOOK_AGAIN_NANOS = 200_000;

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
                Libc.must("unshare", Libc.CLONE_FS);
              }
              keepToOneProcessor();
              return new TaskPlace(Libc.getpid(), Libc.gettid());
            });
  }

  /**
   * What a kernel does may depend on the processor it is asked on (Linux 6.18 numbers namespaces so
   * that their order does), and the same calls are to have the same outcome each time.
   */
  private static void keepToOneProcessor() {
    byte[] allowed =
        Libc.must("sched_getaffinity", 0, CPU_SET_SIZE, new byte[CPU_SET_SIZE]).memory().get(0);
    byte[] first = new byte[CPU_SET_SIZE];
    int processor = BitSet.valueOf(allowed).nextSetBit(0);
    first[processor / 8] = (byte) (1 << processor % 8);
    Libc.must("sched_setaffinity", 0, CPU_SET_SIZE, first);
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
      return call(
          () ->
              Proc.readAndClose(
                  Libc.call("openat", Libc.AT_FDCWD, read.path(), Libc.O_CLOEXEC, 0)));
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
    while (proc.exists(place.directory())) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
