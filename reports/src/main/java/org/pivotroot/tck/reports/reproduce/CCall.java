package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call as a C expression whose value is -1 when it fails. */
final class CCall {
  private static final Pattern DESCRIPTOR = Pattern.compile("fd#(\\d+)");
  private static final Pattern SHORTENED =
      Pattern.compile("(\"[^\"]*\")\\.\\.\\. \\((\\d+) bytes\\)", Pattern.DOTALL);

  /** Calls whose C expression has the arguments of the transcript, in a format string. */
  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("pivot_root/2", "syscall(SYS_pivot_root, %s, %s)"),
          Map.entry("chroot/1", "chroot(%s)"),
          Map.entry("chdir/1", "chdir(%s)"),
          Map.entry("fchdir/1", "fchdir(%s)"),
          Map.entry("getcwd/0", "syscall(SYS_getcwd, text, sizeof text)"),
          Map.entry("libc getcwd/0", "getcwd(text, sizeof text) ? 0 : -1"),
          Map.entry("umount2/2", "umount2(%s, %s)"),
          Map.entry("mount/4", "mount(%s, %s, %s, %s, NULL)"),
          Map.entry("open_tree/3", "syscall(SYS_open_tree, %s, %s, %s)"),
          Map.entry("move_mount/5", "syscall(SYS_move_mount, %s, %s, %s, %s, %s)"),
          Map.entry("unshare/1", "unshare(%s)"),
          Map.entry("setns/2", "setns(%s, %s)"),
          // The C library's own would change every thread.
          Map.entry("setresuid/3", "syscall(SYS_setresuid, %s, %s, %s)"),
          Map.entry("mkdir/1", "mkdir(%s, 0755)"),
          Map.entry("mkdir/2", "mkdir(%s, %s)"),
          Map.entry("rmdir/1", "rmdir(%s)"),
          Map.entry("unlink/1", "unlink(%s)"),
          Map.entry("rename/2", "rename(%s, %s)"),
          Map.entry("symlink/2", "symlink(%s, %s)"),
          Map.entry("mknod/2", "mknod(%s, %s, 0)"),
          Map.entry("mknod/3", "mknod(%s, %s, %s)"),
          Map.entry("statx/2", "identify(%s, %s, 0)"),
          Map.entry("statx/3", "identify(%s, %s, %s)"),
          Map.entry("readlink/1", "target(%s)"),
          Map.entry("open/2", "open(%s, %s|O_CLOEXEC, 0644)"),
          Map.entry("openat/3", "openat(%s, %s, %s|O_CLOEXEC, 0644)"),
          Map.entry("close/1", "close(%s)"),
          Map.entry("ioctl/2", "ioctl(%s, %s)"),
          Map.entry("pidfd_open/2", "syscall(SYS_pidfd_open, pid_of(\"%s\"), %s)"),
          Map.entry("poll/3", "poll(&(struct pollfd){.fd = %s, .events = %s}, 1, %s)"));

  private static final Pattern CAPSET =
      Pattern.compile("(without|without effective|with effective) (CAP_\\w+( \\| CAP_\\w+)*)");

  /** Paths in which stable names stand for numbers. */
  private static final Pattern THROUGH_DESCRIPTOR =
      Pattern.compile("\"/proc/thread-self/fd/fd#(\\d+)(.*)\"");

  private static final Pattern OF_TASK = Pattern.compile("\"/proc/([A-Z][A-Z0-9_]*)/(.*)\"");

  private CCall() {}

  /** The expression; empty for a call that this class does not know or that is not all there. */
  static Optional<String> expression(Line.Made made) {
    if (made.name().equals("capset")) {
      return capset(made.arguments());
    }
    // What a transcript shortens can be made up where only its length counts.
    boolean lost =
        !"ENAMETOOLONG".equals(made.errno())
            && made.arguments().stream()
                .anyMatch(argument -> SHORTENED.matcher(argument).matches());
    String form = FORMS.get(made.name() + "/" + made.arguments().size());
    if (form == null || lost) {
      return Optional.empty();
    }
    String call = String.format(form, made.arguments().stream().map(CCall::argument).toArray());
    Matcher opened = DESCRIPTOR.matcher(made.returned());
    return Optional.of(opened.matches() ? "fd[" + opened.group(1) + "] = " + call : call);
  }

  /** An argument of a transcript as one in C. */
  static String argument(String text) {
    Matcher descriptor = DESCRIPTOR.matcher(text);
    if (descriptor.matches()) {
      return "fd[" + descriptor.group(1) + "]";
    }
    Matcher shortened = SHORTENED.matcher(text);
    if (shortened.matches()) {
      return "lengthened(" + string(shortened.group(1)) + ", " + shortened.group(2) + ")";
    }
    Matcher through = THROUGH_DESCRIPTOR.matcher(text);
    if (through.matches()) {
      return "at_fd(fd[" + through.group(1) + "], " + literal(through.group(2)) + ")";
    }
    Matcher ofTask = OF_TASK.matcher(text);
    if (ofTask.matches()) {
      return "of_task(\"" + ofTask.group(1) + "\", " + literal(ofTask.group(2)) + ")";
    }
    if (text.startsWith("\"")) {
      return string(text);
    }
    return text.equals("0x1") ? "(char *)1" : text;
  }

  /** {@code capset(without CAP_A, CAP_B)} and its like. */
  private static Optional<String> capset(List<String> arguments) {
    Matcher change = CAPSET.matcher(String.join(" | ", arguments));
    if (!change.matches()) {
      return Optional.empty();
    }
    String how =
        switch (change.group(1)) {
          case "without" -> "DROP";
          case "without effective" -> "LOWER";
          default -> "RAISE";
        };
    String mask = change.group(2).replace("CAP_", "1ULL << CAP_");
    return Optional.of("change_capabilities(" + how + ", " + mask + ")");
  }

  /** A statement that compares what a call gave with the text on record. */
  static String comparison(String returned) {
    Matcher shortened = SHORTENED.matcher(returned);
    return shortened.matches()
        ? "same_start(" + string(shortened.group(1)) + ", " + shortened.group(2) + ");"
        : "same(" + string(returned) + ");";
  }

  /** A string of the transcript, quotes included, as a C literal. */
  static String string(String quoted) {
    return literal(quoted.substring(1, quoted.length() - 1));
  }

  /** A C string literal. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> literal.append('\\').append(c);
        case '\n' -> literal.append("\\n");
        case '\t' -> literal.append("\\t");
        default -> literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
