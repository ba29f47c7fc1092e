package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU on this host. The agent's serial line is its standard input and output, the console's its
 * standard error. It runs as {@link Confinement} says.
 */
final class Qemu {
  private static final String PROGRAM = "qemu-system-x86_64";
  private static final Pattern VERSION = Pattern.compile("QEMU emulator version (\\S+)");

  private static final int SIGNALLED = 128;
  private static final int SIGBUS = 7;
  private static final int SIGKILL = 9;
  private static final int SIGSYS = 31;

  private Qemu() {}

  /**
   * The version of the QEMU on this host, such as {@code 7.2.22}.
   *
   * @throws TargetUnavailableException if there is none
   */
  static String version() {
    try {
      Process process =
          new ProcessBuilder(find(), "-sandbox", Confinement.SANDBOX, "--version")
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(text);
      if (!version.find()) {
        throw new TargetUnavailableException(
            PROGRAM
                + " does not start with its sandbox of system calls: "
                + text.strip()
                + ".\nInstall one that was built with libseccomp, as Debian's is");
      }
      return version.group(1);
    } catch (IOException e) {
      throw new TargetUnavailableException("cannot run " + PROGRAM + ": " + e.getMessage(), e);
    }
  }

  private static String find() {
    return HostPrograms.find(PROGRAM)
        .orElseThrow(
            () ->
                new TargetUnavailableException(
                    PROGRAM
                        + " is not on the PATH, so no kernel can be booted; install it with"
                        + " `apt-get install qemu-system-x86`"));
  }

  /** Starts a machine; it runs until closed, and no longer than this JVM. */
  static HostProcess start(QemuOptions options, String consoleSoFar) {
    List<String> program = new ArrayList<>(Confinement.ofHost().command());
    program.addAll(List.of(find(), "-sandbox", Confinement.SANDBOX));
    program.addAll(
        List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-smp", "1"));
    program.addAll(List.of("-add-fd", "fd=" + QemuOptions.CONSOLE + ",set=1"));
    // Without append, it would be truncated, which a pipe cannot be.
    program.addAll(List.of("-chardev", "file,id=console,path=/dev/fdset/1,append=on"));
    program.addAll(List.of("-device", "isa-serial,chardev=console"));
    program.addAll(List.of("-chardev", "stdio,id=agent,signal=off"));
    program.addAll(List.of("-device", "isa-serial,chardev=agent"));
    return HostProcess.start(
        options.command(program), options.folder(), consoleSoFar, Qemu::hostFault);
  }

  /** A kernel that panics or powers off ends QEMU with status 0. */
  private static Optional<String> hostFault(int status, String lastLine) {
    int signal = status - SIGNALLED;
    return status == 0
        ? Optional.empty()
        : Optional.of(
            switch (signal) {
              case SIGBUS ->
                  "QEMU got SIGBUS: its memory is a file in the cache, whose disk is full";
              case SIGKILL -> HostProcess.wasKilled("QEMU");
              case SIGSYS -> "QEMU made a system call that its sandbox forbids";
              default ->
                  signal > 0
                      ? "QEMU got signal " + signal
                      : "QEMU ended with status " + status + ": " + lastLine;
            });
  }
}
