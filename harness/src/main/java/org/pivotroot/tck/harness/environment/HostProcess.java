package org.pivotroot.tck.harness.environment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A machine that is a process of the host. The agent's channel is its standard input and output,
 * the console its standard error, so that a machine owns no file and no socket that could outlive
 * it.
 */
final class HostProcess implements Machine {
  /**
   * The kernel kills a child with a parent-death signal when the <em>thread</em> that started it
   * ends, so all are started by one that lasts as long as this JVM, however that ends.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "starter of machines");
            thread.setDaemon(true);
            return thread;
          });

  private static final long ENDING_MILLIS = 5000;

  private final Process process;
  private final InputStream fromAgent;
  private final OutputStream toAgent;
  private final Console console;
  private final Thread consoleReader;

  private HostProcess(Process process, String consoleSoFar) {
    this.process = process;
    this.fromAgent = new BufferedInputStream(process.getInputStream());
    this.toAgent = process.getOutputStream();
    this.console = new Console(consoleSoFar);
    this.consoleReader = new Thread(this::readConsole, "console of process " + process.pid());
    consoleReader.setDaemon(true);
    consoleReader.start();
  }

  /**
   * Starts a program; it runs until closed, and no longer than this JVM.
   *
   * @param consoleSoFar what the console counts as having shown already
   * @throws TargetUnavailableException if the host does not start it
   */
  static HostProcess start(List<String> command, String consoleSoFar) {
    List<String> bound = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    bound.addAll(command);
    try {
      Process process = STARTER.submit(() -> new ProcessBuilder(bound).start()).get();
      return new HostProcess(process, consoleSoFar);
    } catch (ExecutionException e) {
      throw new TargetUnavailableException(
          "cannot start " + command.get(0) + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while starting " + command.get(0), e);
    }
  }

  private void readConsole() {
    byte[] buffer = new byte[4096];
    try {
      InputStream in = process.getErrorStream();
      for (int length = in.read(buffer); length != -1; length = in.read(buffer)) {
        console.add(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      console.add("\n(console closed: " + e.getMessage() + ")\n");
    }
  }

  /** Whether the machine ends by itself within the time. */
  boolean endsWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting for a machine", e);
    }
  }

  @Override
  public InputStream fromAgent() {
    return fromAgent;
  }

  @Override
  public OutputStream toAgent() {
    return toAgent;
  }

  @Override
  public String console() {
    if (!process.isAlive()) {
      joinConsoleReader();
    }
    return console.text();
  }

  private void joinConsoleReader() {
    try {
      consoleReader.join(1000);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while reading the console", e);
    }
  }

  /**
   * Where the process waits for the first one of a PID namespace, that one is killed: when it has
   * ended, so have all others.
   */
  @Override
  public void close() {
    List<ProcessHandle> children = process.children().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      if (children.isEmpty() || !process.waitFor(ENDING_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      process.waitFor();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted while ending a machine", e));
    }
  }
}
