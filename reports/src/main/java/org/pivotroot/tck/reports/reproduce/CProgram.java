package org.pivotroot.tck.reports.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pivotroot.tck.harness.result.Observation;

/** A C program: each task is a thread with its own fs state, and they take turns. */
final class CProgram {
  /** Calls whose result is a text that does not vary from run to run. */
  private static final Set<String> WITH_TEXT = Set.of("getcwd", "libc getcwd");

  /** An argument that is a script: transcripts do not tell where it begins and ends. */
  private static final Pattern SCRIPT = Pattern.compile(" -[a-z]*[ce] ");

  private final Observation observation;
  private final List<Line> lines;
  private final Map<String, StringBuilder> bodies = new LinkedHashMap<>();
  private final Set<String> sharing = new LinkedHashSet<>();
  private final Set<String> stopped = new LinkedHashSet<>();
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
                .append(sharing.contains(task) ? "" : "\tmust(\"unshare\", unshare(CLONE_FS));\n")
                .append("\tis_ready();\n")
                .append(body)
                .append("\treturn NULL;\n}\n"));
    return text.append("\nint main(void)\n{\n\tbegin(task_")
        .append(first)
        .append(");\n\tfinish(")
        .append(turn)
        .append(");\n}\n")
        .toString();
  }

  private String first() {
    for (Line line : lines) {
      Optional<String> task = task(line);
      if (task.isPresent()) {
        return task.get();
      }
    }
    return "S";
  }

  private static Optional<String> task(Line line) {
    if (line instanceof Line.Made made) {
      return Optional.of(made.task());
    } else if (line instanceof Line.Started started) {
      return Optional.of(started.task());
    } else if (line instanceof Line.Launched launched) {
      return Optional.of(launched.task());
    } else if (line instanceof Line.Ran ran) {
      return Optional.of(ran.task());
    } else if (line instanceof Line.Ended ended) {
      return Optional.of(ended.task());
    }
    return Optional.empty();
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
      note(unknown.text());
    } else if (task(line).filter(task -> !acts(task)).isPresent()) {
      note(line.toString());
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
    } else if (line instanceof Line.Ended ended) {
      step(ended.task(), "say(\"" + ended.task() + ": exit(0)\");");
    } else if (line instanceof Line.Launched launched) {
      stopped.add(launched.other());
      step(
          launched.task(),
          "cannot("
              + CCall.literal(launched.other() + " is a process started by: " + launched.command())
              + ");");
    }
  }

  /** Whether a task is a thread of the program; what other processes did is shown only. */
  private boolean acts(String task) {
    return bodies.containsKey(task) && !stopped.contains(task);
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
    step(task, text ? statement + "\n\tsame(" + CCall.string(made.returned()) + ");" : statement);
  }

  private static String errno(Line.Made made) {
    return made.errno() == null ? "0" : made.errno();
  }

  private void run(Line.Ran ran) {
    if (SCRIPT.matcher(ran.command()).find()) {
      step(ran.task(), "cannot(" + CCall.literal(ran.task() + ": $ " + ran.command()) + ");");
      return;
    }
    List<String> words = new ArrayList<>();
    for (String word : ran.command().split(" ", -1)) {
      words.add(CCall.literal(word));
    }
    String status = ran.returned().replaceFirst("(?s)^Ran\\[status=(\\d+),.*$", "$1");
    step(
        ran.task(),
        "run("
            + CCall.literal(ran.task() + ": $ " + ran.command())
            + ", "
            + (status.matches("\\d+") ? status : "0")
            + ", (char *[]){"
            + String.join(", ", words)
            + ", NULL});");
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
