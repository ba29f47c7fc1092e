package org.pivotroot.tck.reports.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.transcript.ShellWords;
import org.pivotroot.tck.model.transcript.Strace;

/**
 * A shell script that makes the calls with commands: possible for one task and for calls that a
 * command makes as they stand. The commands are a static busybox's, found at the root of both file
 * systems of the stage, so that they are there after a pivot to the other one too.
 */
final class ShellScript implements Event.Visitor<Boolean> {
  /** What makes a call of mount(2), by its flags, with source, target and type. */
  private static final Map<String, String> MOUNT =
      Map.of(
          "[]", "$B mount -t %3$s %1$s %2$s",
          "[MS_RDONLY]", "$B mount -r -t %3$s %1$s %2$s",
          "[MS_BIND]", "$B mount --bind %1$s %2$s",
          "[MS_REC, MS_BIND]", "$B mount --rbind %1$s %2$s",
          "[MS_MOVE]", "$B mount --move %1$s %2$s",
          "[MS_SHARED]", "$B mount --make-shared %2$s",
          "[MS_PRIVATE]", "$B mount --make-private %2$s",
          "[MS_SLAVE]", "$B mount --make-slave %2$s",
          "[MS_UNBINDABLE]", "$B mount --make-unbindable %2$s");

  private static final Map<String, String> UMOUNT =
      Map.of(
          "[]", "$B umount %s",
          "[MNT_DETACH]", "$B umount -l %s",
          "[MNT_FORCE]", "$B umount -f %s");

  /** Paths that a command takes for itself. */
  private static final Pattern PLAIN = Pattern.compile("[^'-][^']*");

  private final StringBuilder text = new StringBuilder();
  private String task;

  private ShellScript() {}

  /** The script for an observation, if one is possible. */
  static Optional<String> of(Observation observation) {
    ShellScript script = new ShellScript();
    script.text.append(heading(observation));
    script.text.append(
        """
        # Needs a static busybox (Debian: busybox-static).
        if [ "${1-}" != inside ]; then exec unshare --mount --propagation private sh "$0" inside; fi
        PATH=$PATH:/usr/sbin:/sbin
        differs=0
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
    boolean possible =
        observation.claim().needsNoMachine()
            && observation.events().stream().allMatch(event -> event.accept(script));
    script.text.append(
        """
        if [ $differs = 0 ]; then echo 'As recorded.'; else echo 'Not everything is as recorded.'; fi
        exit $differs
        """);
    return possible ? Optional.of(script.text.toString()) : Optional.empty();
  }

  /** The working directory must change in the shell itself, so chdir is no command of a pipe. */
  @Override
  public Boolean called(Event.Called called) {
    boolean another = task != null && !task.equals(called.task());
    task = called.task();
    Optional<String> command = command(called.call(), called.result());
    if (another || command.isEmpty()) {
      return false;
    }
    String recorded = called.result() instanceof Result.Failed failed ? failed.text() : "";
    if (command.get().startsWith("cd ")) {
      text.append(command.get()).append("; status=$? output=\n");
    } else {
      text.append("output=$(").append(command.get()).append(" 2>&1); status=$?\n");
    }
    text.append("report ")
        .append(ShellWords.quoted(Strace.call(called.call())))
        .append(" $status '")
        .append(recorded)
        .append("' \"$output\"\n");
    return true;
  }

  private static Optional<String> command(Call call, Result result) {
    boolean fails = result instanceof Result.Failed;
    return call.callee() instanceof Syscall syscall
        ? switch (syscall) {
          case PIVOT_ROOT ->
              words(call, 2)
                  .filter(words -> fails || words.get(0).equals("/new") || words.get(0).equals("."))
                  .map(words -> form("$B pivot_root %s %s", words));
          case CHDIR ->
              words(call, 1).filter(words -> !fails).map(words -> form("cd -P %s", words));
          case MKDIR ->
              words(call, 1)
                  .filter(words -> call.arguments().get(1).equals(Value.number(0755)))
                  .map(words -> form("$B mkdir %s", words));
          case RMDIR -> words(call, 1).map(words -> form("$B rmdir %s", words));
          case UNLINK -> words(call, 1).map(words -> form("$B unlink %s", words));
          case SYMLINK -> words(call, 2).map(words -> form("$B ln -s %s %s", words));
          case STATX ->
              call.arguments().get(0) instanceof Value.WorkingDirectory
                      && flags(call.arguments().get(2)).equals("[]")
                  ? word(call.arguments().get(1))
                      .map(word -> form("$B stat -L -c %%d:%%i %s", List.of(word)))
                  : Optional.empty();
          case MOUNT -> mount(call);
          case UMOUNT2 ->
              Optional.ofNullable(UMOUNT.get(flags(call.arguments().get(1))))
                  .flatMap(form -> words(call, 1).map(words -> form(form, words)));
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  /** A file system that is new on /new covers the commands there. */
  private static Optional<String> mount(Call call) {
    String form = MOUNT.get(flags(call.arguments().get(3)));
    boolean covers =
        call.arguments().get(1).equals(Value.text("/new"))
            && !call.arguments().get(2).equals(Value.text(""));
    if (form == null || covers || !(call.arguments().get(4) instanceof Value.Null)) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Value argument : call.arguments().subList(0, 3)) {
      boolean none = argument.equals(Value.text("")) || argument instanceof Value.Null;
      Optional<String> word = none ? Optional.of("none") : word(argument);
      if (word.isEmpty() || (none && form.contains("%3$s"))) {
        return Optional.empty();
      }
      words.add(word.get());
    }
    return Optional.of(form(form, words));
  }

  private static String form(String form, List<String> words) {
    return String.format(form, words.toArray());
  }

  private static String flags(Value value) {
    return value instanceof Value.Flags flags && flags.rest() == 0
        ? flags.flags().stream().map(Flag::name).toList().toString()
        : "";
  }

  /** The first arguments as words, if a command can be given all of them. */
  private static Optional<List<String>> words(Call call, int count) {
    List<String> words =
        call.arguments().subList(0, count).stream()
            .flatMap(argument -> word(argument).stream())
            .toList();
    return words.size() == count ? Optional.of(words) : Optional.empty();
  }

  private static Optional<String> word(Value value) {
    return value instanceof Value.Text path && PLAIN.matcher(path.text()).matches()
        ? Optional.of(ShellWords.quoted(path.text()))
        : Optional.empty();
  }

  @Override
  public Boolean deepened(Event.Deepened deepened) {
    return false;
  }

  @Override
  public Boolean ran(Event.Ran ran) {
    return false;
  }

  @Override
  public Boolean started(Event.Started started) {
    return false;
  }

  @Override
  public Boolean ended(Event.Ended ended) {
    return false;
  }

  /** The script looks at nothing from outside; what was seen stands in it. */
  @Override
  public Boolean looked(Event.Looked looked) {
    return comment(Strace.of(looked).substring(2));
  }

  @Override
  public Boolean noted(Event.Noted noted) {
    return comment(noted.text());
  }

  private boolean comment(String lines) {
    lines.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    return true;
  }

  private static String heading(Observation observation) {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    Reproducer.heading(observation).forEach(line -> text.append("# ").append(line).append('\n'));
    return text.toString();
  }

  /** A script that compiles and runs the C program, where no commands make the same calls. */
  static String around(Observation observation, String program) {
    return heading(observation)
        + """
          # No commands make the same calls in the same tasks, so this compiles the C program.
          directory=$(mktemp -d) || exit 2
          trap 'rm -r "$directory"' EXIT
          cat >"$directory/reproducer.c" <<'END_OF_PROGRAM'
          """
        + program
        + """
          END_OF_PROGRAM
          "${CC:-cc}" -pthread -o "$directory/reproducer" "$directory/reproducer.c" || exit 2
          "$directory/reproducer"
          """;
  }
}
