package org.pivotroot.tck.harness.environment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  /** What a process that has ended is given to be reaped, once its streams have ended. */
  private static final long REAPING_MILLIS = 500;

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;

  /** Tells what the host did to a machine, from how its process ended. */
  @FunctionalInterface
  interface Judgement {
    /**
     * What the host did, if it did anything.
     *
     * @param status with which the process ended; 128 more than the number of a signal
     * @param lastLine of what the console has shown
     */
    Optional<String> fault(int status, String lastLine);
  }

  private final Process process;
  private final InputStream fromAgent;
  private final OutputStream toAgent;
  private final Console console;
  private final Thread consoleReader;
  private final Judgement judgement;
  private volatile boolean killed;

  private HostProcess(Process process, String consoleSoFar, Judgement judgement) {
    this.process = process;
    this.judgement = judgement;
    this.fromAgent = new BufferedInputStream(process.getInputStream());
    this.toAgent = process.getOutputStream();
    this.console = new Console(consoleSoFar);
    this.consoleReader = new Thread(this::readConsole, "console of process " + process.pid());
    consoleReader.setDaemon(true);
    consoleReader.start();
  }

  /**
   * Starts a program; it runs until closed. That it runs no longer than this JVM is for the command
   * to see to, by {@code setpriv --pdeathsig KILL}: whoever changes users on the way has to say it
   * after that.
   *
   * @throws TargetUnavailableException if the host does not start it
   */
  static HostProcess start(List<String> command) {
    return start(
        command,
        Path.of("").toAbsolutePath(),
        "",
        (status, lastLine) ->
            status == SIGNALLED + SIGKILL
                ? Optional.of(wasKilled(command.get(0)))
                : Optional.empty());
  }

  /**
   * Like {@link #start(List)}.
   *
   * @param folder where to start it
   * @param consoleSoFar what the console counts as having shown already
   * @param judgement asked when the process has ended unbidden
   */
  static HostProcess start(
      List<String> command, Path folder, String consoleSoFar, Judgement judgement) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    try {
      Process process = STARTER.submit(() -> builder.start()).get();
      return new HostProcess(process, consoleSoFar, judgement);
    } catch (ExecutionException e) {
      throw new TargetUnavailableException(
          "cannot start " + command.get(0) + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while starting " + command.get(0), e);
    }
  }

  /** What is to be said of SIGKILL that this JVM did not send. */
  static String wasKilled(String name) {
    return name + " was killed: somebody did, or the host is out of memory";
  }

  /** Completes when the machine has ended, whatever ended it. */
  CompletableFuture<Process> end() {
    return process.onExit();
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

  /** Asks the judgement, unless it was this JVM that ended the machine. */
  @Override
  public Optional<String> hostFault() {
    if (killed || !endsWithin(REAPING_MILLIS)) {
      return Optional.empty();
    }
    String shown = console().strip();
    return judgement.fault(process.exitValue(), shown.substring(shown.lastIndexOf('\n') + 1));
  }

  /**
   * Where the process waits for the first one of a PID namespace, that one is killed: when it has
   * ended, so have all others.
   */
  @Override
  public void close() {
    killed |= process.isAlive();
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
