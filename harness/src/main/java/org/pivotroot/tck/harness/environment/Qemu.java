package org.pivotroot.tck.harness.environment;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A QEMU process. The agent's serial line is its standard input and output, the console's its
 * standard error, so that a machine owns no file and no socket that could outlive it.
 */
final class Qemu implements Machine {
  private static final String PROGRAM = "qemu-system-x86_64";

  /**
   * The kernel kills a child with a parent-death signal when the <em>thread</em> that started it
   * ends, so all are started by one that lasts as long as this JVM, however that ends.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "qemu starter");
            thread.setDaemon(true);
            return thread;
          });

  private final Process process;
  private final InputStream fromAgent;
  private final OutputStream toAgent;
  private final Console console;
  private final Thread consoleReader;

  private Qemu(Process process, String consoleSoFar) {
    this.process = process;
    this.fromAgent = new BufferedInputStream(process.getInputStream());
    this.toAgent = process.getOutputStream();
    this.console = new Console(consoleSoFar);
    this.consoleReader = new Thread(this::readConsole, "console of qemu " + process.pid());
    consoleReader.setDaemon(true);
    consoleReader.start();
  }

  /**
   * The version of the QEMU on this host, such as {@code 7.2.22}.
   *
   * @throws TargetUnavailableException if there is none
   */
  static String version() {
    try {
      Process process = new ProcessBuilder(find(), "--version").redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .findFirst()
          .map(line -> line.replaceFirst("^QEMU emulator version (\\S+).*", "$1"))
          .orElse("unknown");
    } catch (IOException e) {
      throw new TargetUnavailableException("cannot run " + PROGRAM + ": " + e.getMessage(), e);
    }
  }

  private static String find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .map(directory -> new File(directory, PROGRAM))
        .filter(File::canExecute)
        .findFirst()
        .map(File::getPath)
        .orElseThrow(
            () ->
                new TargetUnavailableException(
                    PROGRAM
                        + " is not on the PATH, so no kernel can be booted; install it with"
                        + " `apt-get install qemu-system-x86`"));
  }

  /** Starts a machine; it runs until closed, and no longer than this JVM. */
  static Qemu start(List<String> options, String consoleSoFar) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", find()));
    command.addAll(
        List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-smp", "1"));
    command.addAll(List.of("-chardev", "file,id=console,path=/dev/fd/2"));
    command.addAll(List.of("-device", "isa-serial,chardev=console"));
    command.addAll(List.of("-chardev", "stdio,id=agent,signal=off"));
    command.addAll(List.of("-device", "isa-serial,chardev=agent"));
    command.addAll(options);
    try {
      Process process = STARTER.submit(() -> new ProcessBuilder(command).start()).get();
      return new Qemu(process, consoleSoFar);
    } catch (ExecutionException e) {
      throw new TargetUnavailableException(
          "cannot start " + command.get(0) + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while starting QEMU", e);
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
      throw new IllegalStateException("interrupted while waiting for QEMU", e);
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

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted while ending QEMU", e));
    }
  }
}
