package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Linux's capabilities, see capabilities(7). */
final class Capabilities {
  /** Without CAP_, by the numbers of their bits. */
  static final List<String> NAMES =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "LINUX_IMMUTABLE",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_ADMIN",
          "NET_RAW",
          "IPC_LOCK",
          "IPC_OWNER",
          "SYS_MODULE",
          "SYS_RAWIO",
          "SYS_CHROOT",
          "SYS_PTRACE",
          "SYS_PACCT",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_NICE",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "MKNOD",
          "LEASE",
          "AUDIT_WRITE",
          "AUDIT_CONTROL",
          "SETFCAP",
          "MAC_OVERRIDE",
          "MAC_ADMIN",
          "SYSLOG",
          "WAKE_ALARM",
          "BLOCK_SUSPEND",
          "AUDIT_READ");

  private static final Path STATUS = Path.of("/proc/self/status");

  private Capabilities() {}

  /**
   * Those of the host's bounding set: no container can be given another.
   *
   * @throws TargetUnavailableException if the host does not tell
   */
  static List<String> ofHost() {
    try {
      String line =
          Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
              .filter(text -> text.startsWith("CapBnd:"))
              .findFirst()
              .orElseThrow();
      long bounding = Long.parseUnsignedLong(line.substring(7).strip(), 16);
      return IntStream.range(0, NAMES.size())
          .filter(bit -> ((bounding >> bit) & 1) == 1)
          .mapToObj(NAMES::get)
          .toList();
    } catch (IOException e) {
      throw new TargetUnavailableException("cannot read " + STATUS + ": " + e.getMessage(), e);
    }
  }
}
