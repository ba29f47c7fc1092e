package org.pivotroot.tck.reports.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.transcript.ShellWords;
import org.pivotroot.tck.model.transcript.Strace;

/**
 * A C program: each task is a thread with its own fs state, or a process that a command starts, and
 * they take turns. The thread that is no task looks at them.
 */
final class CProgram implements Event.Visitor<Void> {
  private final Observation observation;
  private final Map<String, StringBuilder> bodies = new LinkedHashMap<>();
  private final Set<String> sharing = new LinkedHashSet<>();
  private final Set<String> processes = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();

  /** What the thread that is no task does meanwhile. */
  private final StringBuilder main = new StringBuilder();

  private final String first;
  private int descriptors;
  private int mappings;
  private int turn;

  private CProgram(Observation observation) {
    this.observation = observation;
    this.first =
        observation.events().stream()
            .map(event -> event.accept(new Actor()))
            .filter(task -> !task.isEmpty())
            .findFirst()
            .orElse("S");
  }

  /** The program for an observation. */
  static String of(Observation observation) {
    CProgram program = new CProgram(observation);
    program.fill();
    return program.text();
  }

  private boolean isOnStage() {
    return observation.claim().stage().equals("namespace");
  }

  private void fill() {
    bodies.put(first, new StringBuilder());
    if (isOnStage()) {
      step(first, "lay_out(" + (observation.claim().userland() ? 1 : 0) + ");");
    }
    observation.events().forEach(event -> event.accept(this));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (String line : Reproducer.heading(observation)) {
      text.append(CText.comment(line)).append('\n');
    }
    text.append("// Build: cc -pthread -o reproducer ")
        .append(observation.id())
        .append(".c\n")
        .append(prelude())
        .append("__attribute__((unused)) static long fd[")
        .append(descriptors + 1)
        .append("];\n__attribute__((unused)) static void *mapping[")
        .append(mappings + 1)
        .append("];\n");
    bodies.keySet().forEach(task -> text.append(declaration(task)).append(";\n"));
    bodies.forEach((task, body) -> append(text, task, body));
    text.append(
        processes.isEmpty() ? "\nint main(void)\n{\n" : "\nint main(int argc, char **argv)\n{\n");
    processes.forEach(
        task ->
            text.append("\tif (argc == 3 && !strcmp(argv[1], \"")
                .append(task)
                .append("\"))\n\t\tattend(argv[2], ")
                .append(function(task))
                .append(");\n"));
    return text.append("\tprepare();\n\tbegin(")
        .append(function(first))
        .append(");\n")
        .append(main)
        .append("\tfinish(")
        .append(turn)
        .append(");\n}\n")
        .toString();
  }

  private void append(StringBuilder text, String task, StringBuilder body) {
    boolean threadOfItsOwn = !sharing.contains(task) && !processes.contains(task);
    text.append('\n')
        .append(declaration(task))
        .append("\n{\n\t(void)unused;\n")
        .append(threadOfItsOwn ? "\tmust(\"unshare\", unshare(CLONE_FS));\n" : "")
        .append("\tis_ready(\"")
        .append(task)
        .append("\");\n")
        .append(body)
        .append(ended.contains(task) ? "" : "\tstay();\n")
        .append("\treturn NULL;\n}\n");
  }

  private static String declaration(String task) {
    return "static void *" + function(task) + "(void *unused)";
  }

  /** A name of a task can hold what no name in C can. */
  private static String function(String task) {
    return "task_" + task.replaceAll("\\W", "_");
  }

  private static String prelude() {
    try (InputStream in = CProgram.class.getResourceAsStream("/reproduce/prelude.c")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String task, String statement) {
    append(bodies.get(task), statement);
  }

  private void append(StringBuilder body, String statement) {
    body.append("\tturn(")
        .append(turn++)
        .append(");\n\t")
        .append(statement)
        .append("\n\tnext();\n");
  }

  @Override
  public Void called(Event.Called called) {
    Result result = called.result();
    if (result instanceof Result.Opened opened) {
      descriptors = Math.max(descriptors, opened.descriptor());
    } else if (result instanceof Result.Mapped mapped) {
      mappings = Math.max(mappings, mapped.mapping());
    }
    String line = CText.literal(called.task() + ": " + Strace.call(called.call()));
    String statement =
        "result("
            + line
            + ", "
            + CCall.expression(called.call(), result)
            + ", "
            + CCall.errno(result)
            + ");";
    step(
        called.task(),
        CCall.check(called.call(), result)
            .map(check -> statement + "\n\t" + check)
            .orElse(statement));
    return null;
  }

  @Override
  public Void deepened(Event.Deepened deepened) {
    step(
        deepened.task(),
        "result("
            + CText.literal(Strace.of(deepened))
            + ", deepen("
            + CValue.text(deepened.directory())
            + ", "
            + deepened.times()
            + "), 0);");
    return null;
  }

  @Override
  public Void ran(Event.Ran ran) {
    step(
        ran.task(),
        "run("
            + CText.literal(ran.task() + ": $ " + ShellWords.of(ran.command()))
            + ", "
            + (ran.status() == null ? "LOST" : ran.status())
            + ", "
            + CText.literal(ran.output())
            + ", "
            + CText.literal(ran.input())
            + ", "
            + CText.strings(ran.command())
            + ");");
    return null;
  }

  @Override
  public Void started(Event.Started started) {
    bodies.put(started.other(), new StringBuilder());
    String line = CText.literal(Strace.of(started));
    switch (started.how()) {
      case THREAD -> step(started.task(), begin(line, started.other()));
      case THREAD_SHARING_FS -> {
        sharing.add(started.other());
        step(started.task(), begin(line, started.other()));
      }
      case PROCESS -> {
        processes.add(started.other());
        step(
            started.task(),
            "launch("
                + line
                + ", \""
                + started.other()
                + "\", "
                + CText.strings(started.command())
                + ");");
      }
    }
    return null;
  }

  private static String begin(String line, String task) {
    return "say(" + line + ");\n\tbegin(" + function(task) + ");";
  }

  @Override
  public Void ended(Event.Ended end) {
    step(end.task(), "say(" + CText.literal(Strace.of(end)) + ");");
    ended.add(end.task());
    append(main, "await(\"" + end.task() + "\");");
    return null;
  }

  @Override
  public Void looked(Event.Looked looked) {
    boolean withMounts = isOnStage() && !observation.claim().userland();
    List<String> statements = CLook.statements(looked, withMounts);
    if (!statements.isEmpty()) {
      append(main, String.join("\n\t", statements));
    }
    return null;
  }

  @Override
  public Void noted(Event.Noted noted) {
    StringBuilder body = bodies.get(first);
    noted
        .text()
        .lines()
        .forEach(line -> body.append('\t').append(CText.comment(line)).append('\n'));
    return null;
  }

  /** The task that does something; the empty string if it is none. */
  private static final class Actor implements Event.Visitor<String> {
    @Override
    public String called(Event.Called called) {
      return called.task();
    }

    @Override
    public String deepened(Event.Deepened deepened) {
      return deepened.task();
    }

    @Override
    public String ran(Event.Ran ran) {
      return ran.task();
    }

    @Override
    public String started(Event.Started started) {
      return started.task();
    }

    @Override
    public String ended(Event.Ended ended) {
      return ended.task();
    }

    @Override
    public String looked(Event.Looked looked) {
      return "";
    }

    @Override
    public String noted(Event.Noted noted) {
      return "";
    }
  }
}
