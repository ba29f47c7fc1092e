package org.pivotroot.tck.harness.environment;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer of somebody who may never give one and who cannot be hung up on. */
final class Deadline {
  private static final ExecutorService WAITERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "waits for an answer");
            thread.setDaemon(true);
            return thread;
          });

  private Deadline() {}

  /**
   * What the work gives.
   *
   * @param who is waited for, and what for
   * @throws TargetUnavailableException if it takes too long; the work goes on, or is interrupted
   */
  static <T> T of(Duration patience, String who, Callable<T> work) {
    Future<T> answer = WAITERS.submit(work);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TargetUnavailableException(
          who + " did not answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(who + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw new IllegalStateException("interrupted while waiting: " + who, e);
    }
  }
}
