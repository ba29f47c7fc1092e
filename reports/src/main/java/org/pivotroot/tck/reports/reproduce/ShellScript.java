package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.observation.Observation;

/**
 * A shell script that makes the calls with commands: possible for one task and for calls that a
 * command makes as they stand. The commands are a static busybox's, found at the root of both file
 * systems of the stage, so that they are there after a pivot to the other one too.
 */
final class ShellScript {
  private static final Pattern ERROR_TEXT = Pattern.compile("-1 E[A-Z0-9]+ \\((.*)\\)");

  /** What makes a call, by name and number of arguments; arguments are quoted for the shell. */
  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("pivot_root/2", "$B pivot_root %s %s"),
          Map.entry("chdir/1", "cd -P %s"),
          Map.entry("mkdir/1", "$B mkdir %s"),
          Map.entry("rmdir/1", "$B rmdir %s"),
          Map.entry("unlink/1", "$B unlink %s"),
          Map.entry("symlink/2", "$B ln -s %s %s"),
          Map.entry("statx/2", "$B stat -L -c %%d:%%i %2$s"));

  private static final Map<String, String> MOUNT_FLAGS =
      Map.of(
          "0", "$B mount -t %3$s %1$s %2$s",
          "MS_RDONLY", "$B mount -r -t %3$s %1$s %2$s",
          "MS_BIND", "$B mount --bind %1$s %2$s",
          "MS_REC|MS_BIND", "$B mount --rbind %1$s %2$s",
          "MS_MOVE", "$B mount --move %1$s %2$s",
          "MS_SHARED", "$B mount --make-shared %2$s",
          "MS_PRIVATE", "$B mount --make-private %2$s",
          "MS_SLAVE", "$B mount --make-slave %2$s",
          "MS_UNBINDABLE", "$B mount --make-unbindable %2$s");

  private static final Map<String, String> UMOUNT_FLAGS =
      Map.of("0", "$B umount %s", "MNT_DETACH", "$B umount -l %s", "MNT_FORCE", "$B umount -f %s");

  private final Observation observation;
  private final List<Line> lines;

  ShellScript(Observation observation, List<Line> lines) {
    this.observation = observation;
    this.lines = lines;
  }

  boolean possible() {
    List<String> tasks =
        lines.stream()
            .filter(line -> line instanceof Line.Made)
            .map(line -> ((Line.Made) line).task())
            .distinct()
            .toList();
    return observation.stage().equals("namespace")
        && tasks.size() == 1
        && lines.stream().noneMatch(ShellScript::coversCommands)
        && lines.stream()
            .allMatch(line -> line instanceof Line.Comment || command(line).isPresent());
  }

  /** Whether a new file system is mounted on /new, where the commands are. */
  private static boolean coversCommands(Line line) {
    return line instanceof Line.Made made
        && made.name().equals("mount")
        && made.arguments().get(1).equals("\"/new\"")
        && !made.arguments().get(2).equals("\"\"");
  }

  private static Optional<String> command(Line line) {
    if (!(line instanceof Line.Made made)) {
      return Optional.empty();
    }
    List<String> arguments = made.arguments();
    String form =
        switch (made.name()) {
          case "mount" -> arguments.size() == 4 ? MOUNT_FLAGS.get(arguments.get(3)) : null;
          case "umount2" -> arguments.size() == 2 ? UMOUNT_FLAGS.get(arguments.get(1)) : null;
          default -> FORMS.get(made.name() + "/" + arguments.size());
        };
    boolean plain =
        arguments.stream()
            .allMatch(argument -> !argument.startsWith("\"") || argument.matches("\"[^\"']+\""));
    boolean elsewhere =
        made.name().equals("pivot_root")
            && made.errno() == null
            && !arguments.get(0).matches("\"(/new|\\.)\"");
    boolean failingBuiltin = made.name().equals("chdir") && made.errno() != null;
    if (form == null || !plain || elsewhere || failingBuiltin || arguments.contains("0x1")) {
      return Optional.empty();
    }
    return Optional.of(String.format(form, arguments.stream().map(ShellScript::quoted).toArray()));
  }

  private static String quoted(String argument) {
    String text = argument.replaceAll("^\"|\"$", "");
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text + "'";
  }

  String text() {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    heading(text, observation);
    text.append(
        """
        # Needs a static busybox (Debian: busybox-static).
        if [ "${1-}" != inside ]; then exec unshare --mount --propagation private sh "$0" inside; fi
        PATH=$PATH:/usr/sbin:/sbin
        differs=0
        """);
    text.append(
        """
        report() { # call, exit status, error on record or nothing, output
            echo "$1: ${4:-success}"
            case $3 in
            '') [ "$2" = 0 ] && return ;;
            *) case $4 in *"$3"*) return ;; esac ;;
            esac
            echo "   <-- on record: ${3:-success}"
            differs=1
        }
        set -e
        mount -t tmpfs tmpfs /mnt
        mkdir /mnt/new
        mount -t tmpfs tmpfs /mnt/new
        mkdir /mnt/new/old
        cp "$(command -v busybox)" /mnt/busybox
        cp /mnt/busybox /mnt/new/busybox
        cd /mnt
        pivot_root . .
        B=/busybox
        $B umount -l .
        cd /
        set +e
        """);
    for (Line line : lines) {
      if (line instanceof Line.Comment comment) {
        comment.text().lines().forEach(part -> text.append("# ").append(part).append('\n'));
      } else if (line instanceof Line.Made made) {
        append(text, made);
      }
    }
    return text.append(
            """
            if [ $differs = 0 ]; then echo 'As recorded.'; else echo 'Not everything is as recorded.'; fi
            exit $differs
            """)
        .toString();
  }

  /** The working directory must change in the shell itself, so chdir is no command of a pipe. */
  private static void append(StringBuilder text, Line.Made made) {
    String command = command(made).orElseThrow();
    Matcher error = ERROR_TEXT.matcher(made.returned());
    String recorded = error.matches() ? error.group(1) : "";
    if (command.startsWith("cd ")) {
      text.append(command).append("; status=$? output=\n");
    } else {
      text.append("output=$(").append(command).append(" 2>&1); status=$?\n");
    }
    text.append("report '")
        .append(made.call())
        .append("' $status '")
        .append(recorded)
        .append("' \"$output\"\n");
  }

  private static void heading(StringBuilder text, Observation observation) {
    for (String line : Reproducer.heading(observation)) {
      text.append("# ").append(line.replace('\n', ' ')).append('\n');
    }
  }

  /** A script that compiles and runs the C program, where no commands make the same calls. */
  static String around(Observation observation, String program) {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    heading(text, observation);
    return text.append(
            """
            # No commands make the same calls in the same tasks, so this compiles the C program.
            directory=$(mktemp -d) || exit 2
            trap 'rm -r "$directory"' EXIT
            cat >"$directory/reproducer.c" <<'END_OF_PROGRAM'
            """)
        .append(program)
        .append(
            """
            END_OF_PROGRAM
            "${CC:-cc}" -pthread -o "$directory/reproducer" "$directory/reproducer.c" || exit 2
            "$directory/reproducer"
            """)
        .toString();
  }
}
