package org.pivotroot.tck.images.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Gets files by http, https or from the local file system. */
final class Connection {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(5);
  private static final int BUFFER = 1 << 16;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final Progress progress;

  Connection(Progress progress) {
    this.progress = progress;
  }

  /** The host of an address has no file of that name. */
  static final class AbsentException extends IOException {
    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
      super(message);
    }
  }

  /**
   * Writes what lies at an address to a stream, telling of large files how far it is.
   *
   * @param size bytes that are expected; beyond them nothing is read
   * @throws AbsentException if there is no such file
   * @throws IOException if it cannot be got, or stalls for {@link #PATIENCE}
   */
  void fetch(URI address, String name, long size, OutputStream out) throws IOException {
    progress.say(String.format(Locale.ROOT, "fetching %s (%.1f MB)", name, size / 1e6));
    AtomicLong lastRead = new AtomicLong(System.nanoTime());
    long lastLine = System.nanoTime();
    long done = 0;
    byte[] buffer = new byte[BUFFER];
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(Connection::daemonThread);
    try (InputStream in = open(address)) {
      lastRead.set(System.nanoTime());
      var unused =
          watch.scheduleAtFixedRate(() -> closeIfStalled(in, lastRead), 1, 1, TimeUnit.SECONDS);
      for (int got = in.read(buffer); got >= 0 && done <= size; got = in.read(buffer)) {
        lastRead.set(System.nanoTime());
        out.write(buffer, 0, got);
        done += got;
        if (System.nanoTime() - lastLine > BETWEEN_LINES) {
          lastLine = System.nanoTime();
          progress.say(String.format(Locale.ROOT, "  %s: %d%%", name, 100 * done / size));
        }
      }
    } finally {
      watch.shutdownNow();
    }
  }

  /**
   * The bytes that lie at an address.
   *
   * @param limit bytes beyond which nothing is read
   * @throws AbsentException if there is no such file
   * @throws IOException if it cannot be got
   */
  byte[] fetch(URI address, int limit) throws IOException {
    try (InputStream in = open(address)) {
      return in.readNBytes(limit);
    }
  }

  private InputStream open(URI address) throws IOException {
    if (address.getScheme().equalsIgnoreCase("file")) {
      try {
        return Files.newInputStream(Path.of(address.getPath()));
      } catch (NoSuchFileException | FileNotFoundException e) {
        throw new AbsentException("no such file");
      }
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      response.body().close();
      if (response.statusCode() == 404 || response.statusCode() == 410) {
        throw new AbsentException("HTTP status " + response.statusCode());
      }
      throw new IOException("HTTP status " + response.statusCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void closeIfStalled(InputStream in, AtomicLong lastRead) {
    if (System.nanoTime() - lastRead.get() > PATIENCE.toNanos()) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Thread daemonThread(Runnable task) {
    Thread thread = new Thread(task, "stalled-download-watch");
    thread.setDaemon(true);
    return thread;
  }
}
