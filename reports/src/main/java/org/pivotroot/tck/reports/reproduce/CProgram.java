package org.pivotroot.tck.reports.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;

/**
 * A C program: each task is a thread with its own fs state, or a process that a command starts, and
 * they take turns.
 */
final class CProgram {
  /** Calls whose result is a text that does not vary from run to run. */
  private static final Set<String> WITH_TEXT = Set.of("getcwd", "libc getcwd");

  private final Observation observation;
  private final List<Line> lines;
  private final Map<String, StringBuilder> bodies = new LinkedHashMap<>();
  private final Set<String> sharing = new LinkedHashSet<>();
  private final Set<String> processes = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();

  /** What the thread that is no task does meanwhile. */
  private final StringBuilder main = new StringBuilder();

  private int turn;

  CProgram(Observation observation, List<Line> lines) {
    this.observation = observation;
    this.lines = lines;
  }

  String text() {
    String first = first();
    bodies.put(first, new StringBuilder());
    if (observation.stage().equals("namespace")) {
      step(first, "lay_out(" + (withUserland() ? 1 : 0) + ");");
    }
    lines.forEach(this::add);
    StringBuilder text = new StringBuilder();
    for (String line : Reproducer.heading(observation)) {
      text.append("// ").append(line.replace('\n', ' ')).append('\n');
    }
    text.append("// Build: cc -pthread -o reproducer ")
        .append(observation.claim())
        .append(".c\n")
        .append(prelude());
    bodies
        .keySet()
        .forEach(task -> text.append("static void *task_").append(task).append("(void *);\n"));
    bodies.forEach(
        (task, body) ->
            text.append("\nstatic void *task_")
                .append(task)
                .append("(void *unused)\n{\n\t(void)unused;\n")
                .append(threadOfItsOwn(task) ? "\tmust(\"unshare\", unshare(CLONE_FS));\n" : "")
                .append("\tis_ready(\"")
                .append(task)
                .append("\");\n")
                .append(body)
                .append(ended.contains(task) ? "" : "\tstay();\n")
                .append("\treturn NULL;\n}\n"));
    text.append(
        processes.isEmpty() ? "\nint main(void)\n{\n" : "\nint main(int argc, char **argv)\n{\n");
    processes.forEach(
        task ->
            text.append("\tif (argc == 3 && !strcmp(argv[1], \"")
                .append(task)
                .append("\"))\n\t\tattend(argv[2], task_")
                .append(task)
                .append(");\n"));
    return text.append("\tprepare();\n\tbegin(task_")
        .append(first)
        .append(");\n")
        .append(main)
        .append("\tfinish(")
        .append(turn)
        .append(");\n}\n")
        .toString();
  }

  private boolean threadOfItsOwn(String task) {
    return !sharing.contains(task) && !processes.contains(task);
  }

  private String first() {
    return lines.stream()
        .filter(line -> line instanceof Line.Act)
        .map(line -> ((Line.Act) line).task())
        .findFirst()
        .orElse("S");
  }

  private boolean withUserland() {
    return lines.stream()
        .anyMatch(
            line ->
                line instanceof Line.Comment comment
                    && comment.text().contains("with the userland"));
  }

  private void add(Line line) {
    if (line instanceof Line.Comment comment) {
      note(comment.text());
    } else if (line instanceof Line.Unknown unknown) {
      step(first(), "cannot(" + CCall.literal(unknown.text()) + ");");
    } else if (line instanceof Line.Deepened deepened) {
      step(
          deepened.task(),
          "result("
              + CCall.literal(deepened.toString())
              + ", deepen("
              + CCall.argument(deepened.name())
              + ", "
              + deepened.times()
              + "), 0);");
    } else if (line instanceof Line.Started started) {
      bodies.put(started.other(), new StringBuilder());
      if (started.sharesFs()) {
        sharing.add(started.other());
      }
      step(started.task(), "begin(task_" + started.other() + ");");
    } else if (line instanceof Line.Made made) {
      make(made);
    } else if (line instanceof Line.Ran ran) {
      run(ran);
    } else if (line instanceof Line.Ended end) {
      end(end.task());
    } else if (line instanceof Line.Launched launched) {
      bodies.put(launched.other(), new StringBuilder());
      processes.add(launched.other());
      step(
          launched.task(),
          "launch("
              + CCall.literal(launched.toString())
              + ", \""
              + launched.other()
              + "\", "
              + words(launched.command())
              + ");");
    }
  }

  private void end(String task) {
    step(task, "say(\"" + task + ": exit(0)\");");
    ended.add(task);
    main.append("\tturn(")
        .append(turn++)
        .append(");\n\tawait(\"")
        .append(task)
        .append("\");\n\tnext();\n");
  }

  private static String words(Line.Command command) {
    return command.words().stream()
        .map(CCall::literal)
        .collect(Collectors.joining(", ", "(char *[]){", ", NULL}"));
  }

  private void make(Line.Made made) {
    String task = made.task();
    if (made.name().equals("capget")) {
      return;
    }
    String shown = CCall.literal(task + ": " + made.call());
    Optional<String> expression = CCall.expression(made);
    if (expression.isEmpty()) {
      step(task, "cannot(" + shown + ");");
      return;
    }
    String statement = "result(" + shown + ", " + expression.get() + ", " + errno(made) + ");";
    boolean text = WITH_TEXT.contains(made.name()) && made.returned().startsWith("\"");
    step(task, text ? statement + "\n\t" + CCall.comparison(made.returned()) : statement);
  }

  private static String errno(Line.Made made) {
    return made.errno() == null ? "0" : made.errno();
  }

  private void run(Line.Ran ran) {
    step(
        ran.task(),
        "run("
            + CCall.literal(ran.toString())
            + ", "
            + ran.status()
            + ", "
            + words(ran.command())
            + ");");
  }

  private void step(String task, String statement) {
    bodies
        .get(task)
        .append("\tturn(")
        .append(turn++)
        .append(");\n\t")
        .append(statement)
        .append("\n\tnext();\n");
  }

  /** A comment goes to the task that acted last; the first one's if none has. */
  private void note(String text) {
    StringBuilder body = bodies.values().iterator().next();
    text.lines().forEach(line -> body.append("\t// ").append(line).append('\n'));
  }

  private static String prelude() {
    try (InputStream in = CProgram.class.getResourceAsStream("/reproduce/prelude.c")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
