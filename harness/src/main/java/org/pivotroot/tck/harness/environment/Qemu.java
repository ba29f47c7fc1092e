package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** QEMU on this host. */
final class Qemu {
  private static final String PROGRAM = "qemu-system-x86_64";

  private Qemu() {}

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
    return HostPrograms.find(PROGRAM)
        .orElseThrow(
            () ->
                new TargetUnavailableException(
                    PROGRAM
                        + " is not on the PATH, so no kernel can be booted; install it with"
                        + " `apt-get install qemu-system-x86`"));
  }

  /** Starts a machine; it runs until closed, and no longer than this JVM. */
  static HostProcess start(List<String> options, String consoleSoFar) {
    List<String> command = new ArrayList<>(List.of(find()));
    command.addAll(
        List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-smp", "1"));
    command.addAll(List.of("-chardev", "file,id=console,path=/dev/fd/2"));
    command.addAll(List.of("-device", "isa-serial,chardev=console"));
    command.addAll(List.of("-chardev", "stdio,id=agent,signal=off"));
    command.addAll(List.of("-device", "isa-serial,chardev=agent"));
    command.addAll(options);
    return HostProcess.start(command, consoleSoFar);
  }
}
