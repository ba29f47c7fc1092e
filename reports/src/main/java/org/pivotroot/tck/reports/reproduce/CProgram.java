package org.pivotroot.tck.reports.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.ClaimText;
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

  /** Bodies of threads that have an fs state of their own. */
  private final Set<String> threads = new LinkedHashSet<>();

  /** Bodies of processes that a command starts. */
  private final Set<String> processes = new LinkedHashSet<>();

  /** The body of each living task by its name, which may be that of one that has ended. */
  private final Map<String, String> current = new HashMap<>();

  /** The name of each body's task. */
  private final Map<String, String> names = new HashMap<>();

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
    return program.heading()
        + resource("prelude.c")
        + arrays(program.descriptors, program.mappings)
        + program.text();
  }

  /**
   * One program that does what those for the observations do, one after another, each in a process
   * of its own. It writes how many saw what is on record to standard error.
   */
  static String of(List<Observation> observations) {
    StringBuilder text = new StringBuilder();
    int descriptors = 0;
    int mappings = 0;
    for (int i = 0; i < observations.size(); i++) {
      CProgram program = new CProgram(observations.get(i));
      program.fill();
      descriptors = Math.max(descriptors, program.descriptors);
      mappings = Math.max(mappings, program.mappings);
      List<String> names = program.names();
      for (String name : names) {
        text.append("#define ").append(name).append(' ').append(name).append('_').append(i);
        text.append('\n');
      }
      text.append(program.text());
      names.forEach(name -> text.append("#undef ").append(name).append('\n'));
    }
    text.append("\nstatic int (*const programs[])(int, char **) = {\n");
    for (int i = 0; i < observations.size(); i++) {
      text.append("\tmain_").append(i).append(",\n");
    }
    text.append("};\n\nstatic const char *const names[] = {\n");
    for (Observation observation : observations) {
      text.append('\t').append(CText.literal(observation.id())).append(",\n");
    }
    text.append("};\n").append(resource("series.c"));
    return resource("prelude.c") + arrays(descriptors, mappings) + text;
  }

  private boolean isOnStage() {
    return observation.claim().needsNoMachine();
  }

  /** What the root holds, in the words of the prelude. */
  private String holds() {
    return observation.claim().stage().equals(ClaimText.SCENARIO)
        ? "PROC"
        : observation.claim().userland() ? "USERLAND" : "NOTHING";
  }

  private void fill() {
    threads.add(body(first));
    if (isOnStage()) {
      step(first, "lay_out(" + holds() + ");");
    }
    observation.events().forEach(event -> event.accept(this));
  }

  private String heading() {
    StringBuilder text = new StringBuilder();
    for (String line : Reproducer.heading(observation)) {
      text.append(CText.comment(line)).append('\n');
    }
    return text.append("// Build: cc -pthread -o reproducer ")
        .append(observation.id())
        .append(".c\n")
        .toString();
  }

  /** What the text defines. */
  private List<String> names() {
    return Stream.concat(Stream.of("main"), bodies.keySet().stream().map(CProgram::function))
        .toList();
  }

  /** What calls have opened and mapped, by the numbers on record. */
  private static String arrays(int descriptors, int mappings) {
    return "UNUSED static long fd["
        + (descriptors + 1)
        + "];\nUNUSED static void *mapping["
        + (mappings + 1)
        + "];\n";
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    bodies.keySet().forEach(task -> text.append(declaration(task)).append(";\n"));
    bodies.forEach((task, body) -> append(text, task, body));
    text.append("\nint main(UNUSED int argc, UNUSED char **argv)\n{\n");
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
    text.append('\n')
        .append(declaration(task))
        .append("\n{\n\t(void)unused;\n")
        .append(threads.contains(task) ? "\tmust(\"unshare\", unshare(CLONE_FS));\n" : "")
        .append("\tis_ready(\"")
        .append(names.get(task))
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

  private static String resource(String name) {
    try (InputStream in = CProgram.class.getResourceAsStream("/reproduce/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String task, String statement) {
    append(bodies.get(current.get(task)), statement);
  }

  /** A new body for a task of this name. */
  private String body(String task) {
    String body = bodies.containsKey(task) ? task + "_" + bodies.size() : task;
    bodies.put(body, new StringBuilder());
    current.put(task, body);
    names.put(body, task);
    return body;
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
    String line = CText.literal(Strace.of(started));
    String body = body(started.other());
    if (started.command().equals(Event.Started.UNSHARE)) {
      step(started.task(), "unshare_as(" + line + ", " + function(body) + ");");
      return null;
    }
    switch (started.how()) {
      case THREAD -> {
        threads.add(body);
        step(started.task(), begin(line, body));
      }
      case THREAD_SHARING_FS -> step(started.task(), begin(line, body));
      case PROCESS -> {
        processes.add(body);
        step(
            started.task(),
            "launch(" + line + ", \"" + body + "\", " + CText.strings(started.command()) + ");");
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
    ended.add(current.get(end.task()));
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
    StringBuilder body = bodies.get(current.get(first));
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
