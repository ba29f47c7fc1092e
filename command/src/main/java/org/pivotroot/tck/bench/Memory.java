package org.pivotroot.tck.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Watches how much memory a process and all its descendants have, until it is closed. */
final class Memory implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final ProcessHandle root;
  private final AtomicLong peak = new AtomicLong();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "memory");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> looking;

  Memory(ProcessHandle root) {
    this.root = root;
    looking = watch.scheduleWithFixedDelay(this::look, 0, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now =
        Stream.concat(Stream.of(root), root.descendants()).mapToLong(Memory::proportional).sum();
    peak.accumulateAndGet(now, Math::max);
  }

  /** The process's proportional set size in bytes; 0 once it has ended. */
  private static long proportional(ProcessHandle process) {
    Path rollup = Path.of("/proc/" + process.pid() + "/smaps_rollup");
    try (Stream<String> lines = Files.lines(rollup, StandardCharsets.US_ASCII)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  /** The most bytes seen so far. */
  long peak() {
    return peak.get();
  }

  @Override
  public void close() {
    looking.cancel(false);
    watch.shutdown();
  }
}
