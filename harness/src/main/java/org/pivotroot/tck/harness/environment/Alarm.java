package org.pivotroot.tck.harness.environment;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Puts an end to what takes too long. */
final class Alarm implements AutoCloseable {
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "alarms");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> pending;
  private volatile boolean rang;

  private Alarm(Duration patience, Runnable end) {
    pending =
        CLOCK.schedule(
            () -> {
              rang = true;
              end.run();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** An alarm that does something when the patience ends, unless it is closed before. */
  static Alarm after(Duration patience, Runnable end) {
    return new Alarm(patience, end);
  }

  /** Whether the patience has ended. */
  boolean rang() {
    return rang;
  }

  @Override
  public void close() {
    pending.cancel(false);
  }
}
