package org.pivotroot.tck.harness.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM to which something belongs that can outlive it, so that a later run can tell whether
 * anybody still needs it.
 *
 * @param boot identifies the boot of the host
 * @param namespace number of the PID namespace that the process id is of
 * @param pid its process id
 * @param started when it was started, in clock ticks since the boot: process ids are used again
 */
record Owner(String boot, String namespace, long pid, long started) {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern TEXT = Pattern.compile("([0-9a-f]+)\\.(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final int BOOT_LENGTH = 8;

  /** This JVM. */
  static Owner self() {
    try {
      long pid = ProcessHandle.current().pid();
      return new Owner(thisBoot(), thisNamespace(), pid, started(pid).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc", e);
    }
  }

  /** The owner that {@link #text} named; empty if it names none. */
  static Optional<Owner> named(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Owner(
                matcher.group(1),
                matcher.group(2),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))))
        : Optional.empty();
  }

  /** Letters, digits and dots. */
  String text() {
    return boot + "." + namespace + "." + pid + "." + started;
  }

  /** Whether it has certainly ended. Of a process elsewhere nothing can be said from here. */
  boolean isGone() {
    try {
      return boot.equals(thisBoot())
          && namespace.equals(thisNamespace())
          && !started(pid).equals(Optional.of(started));
    } catch (IOException e) {
      return false;
    }
  }

  private static String thisBoot() throws IOException {
    Path file = PROC.resolve("sys/kernel/random/boot_id");
    return Files.readString(file, ISO_8859_1).replace("-", "").substring(0, BOOT_LENGTH);
  }

  private static String thisNamespace() throws IOException {
    return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString().replaceAll("\\D", "");
  }

  /** Field 22 of proc_pid_stat(5); a space or parenthesis may be in field 2 alone. */
  private static Optional<Long> started(long pid) throws IOException {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Long.parseLong(fromThird[22 - 3]));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
