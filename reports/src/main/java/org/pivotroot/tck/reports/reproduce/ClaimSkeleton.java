package org.pivotroot.tck.reports.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.Drawing;
import org.pivotroot.tck.model.observation.Observation;

/**
 * The method of a claim that does what was seen and claims all of it. Which of it is preparation,
 * and what it says, is left to its author: what he has to fill in is marked TODO, and the build
 * takes no claim in which any of it is left so (RecordTest in suites).
 */
public final class ClaimSkeleton implements Event.Visitor<Void> {
  private final Observation observation;
  private final StringBuilder body = new StringBuilder();
  private final Set<String> tasks = new LinkedHashSet<>();
  private boolean needsCallee;

  private ClaimSkeleton(Observation observation) {
    this.observation = observation;
  }

  /** The method's text. */
  public static String of(Observation observation) {
    ClaimSkeleton skeleton = new ClaimSkeleton(observation);
    skeleton.declare("S");
    observation.events().forEach(event -> event.accept(skeleton));
    return skeleton.text();
  }

  private String text() {
    return "// TODO: name it, say what it claims, and make preparation of what is none:"
        + " .value() instead of .succeeds()\n"
        + (needsCallee ? "// import static org.pivotroot.tck.model.call.Value.*;\n" : "")
        + "  @Claim(\n"
        + "      id = \"TODO\",\n"
        + "      section = \"TODO\",\n"
        + "      says = \"TODO\",\n"
        + (observation.claim().needsNoMachine()
            ? ""
            : "      in = Placement."
                + observation.claim().stage().toUpperCase(Locale.ROOT)
                + ",\n")
        + (observation.claim().userland() ? "      userland = true,\n" : "")
        + "      catches = \"TODO\")\n"
        + "  void todo(Stage stage) {\n"
        + body
        + "  }\n";
  }

  private void line(String text) {
    body.append("    ").append(text).append('\n');
  }

  private void declare(String task) {
    tasks.add(task);
    line("Task " + name(task) + " = stage.task(\"" + task + "\");");
  }

  private static String name(String task) {
    return task.toLowerCase(Locale.ROOT);
  }

  @Override
  public Void called(Event.Called called) {
    String call = name(called.task()) + "." + new Made(called).text();
    Result result = called.result();
    if (result instanceof Result.Failed failed) {
      line(
          Errno.of(failed.errno())
              .map(errno -> call + ".fails(Errno." + errno + ");")
              .orElse(
                  "// " + call + " failed with error " + failed.errno() + ", which has no name"));
    } else if (result instanceof Result.Opened opened) {
      line("Descriptor fd" + opened.descriptor() + " = " + call + ".value();");
    } else if (result instanceof Result.Wrote wrote) {
      line(call + ".is(" + quoted(wrote.text()) + ");");
    } else {
      line(call + ".succeeds();");
    }
    return null;
  }

  @Override
  public Void deepened(Event.Deepened deepened) {
    line(
        name(deepened.task())
            + ".enterNewDirectories("
            + quoted(deepened.directory())
            + ", "
            + deepened.times()
            + ");");
    return null;
  }

  @Override
  public Void ran(Event.Ran ran) {
    line(name(ran.task()) + ".run(" + words(ran.command()) + ").value();");
    return null;
  }

  @Override
  public Void started(Event.Started started) {
    String how =
        switch (started.how()) {
          case THREAD -> "fork(" + quoted(started.other());
          case THREAD_SHARING_FS -> "forkSharingFs(" + quoted(started.other());
          case PROCESS ->
              "process("
                  + quoted(started.other())
                  + (started.command().isEmpty() ? "" : ", " + words(started.command()));
        };
    String declared = tasks.add(started.other()) ? "Task " : "";
    line(declared + name(started.other()) + " = " + name(started.task()) + "." + how + ");");
    return null;
  }

  @Override
  public Void ended(Event.Ended ended) {
    line(name(ended.task()) + ".exit();");
    return null;
  }

  @Override
  public Void looked(Event.Looked looked) {
    if (looked.sight() instanceof Sight.Tree tree && tasks.contains(looked.task())) {
      line(name(looked.task()) + ".drawing()");
      line("    .is(");
      line("        \"\"\"");
      Drawing.of(tree.value()).lines().forEach(each -> line("        " + each));
      body.setLength(body.length() - 1);
      body.append("\"\"\");\n");
    }
    return null;
  }

  @Override
  public Void noted(Event.Noted noted) {
    return null;
  }

  private static String words(List<String> words) {
    return words.stream().map(ClaimSkeleton::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A call as a method of a task: by its own name where its arguments are plain. */
  private final class Made {
    private final Callee callee;
    private final List<Value> arguments;
    private final Result result;

    Made(Event.Called called) {
      callee = called.call().callee();
      arguments = called.call().arguments();
      result = called.result();
    }

    String text() {
      return arguments.stream().allMatch(this::isPlain) && callee instanceof Syscall syscall
          ? byName(syscall).orElseGet(this::byTable)
          : byTable();
    }

    private boolean isPlain(Value value) {
      return value instanceof Value.Text
          || (value instanceof Value.Null && callee == Syscall.MOUNT)
          || value instanceof Value.Int
          || (value instanceof Value.Flags flags && flags.rest() == 0)
          || value instanceof Value.Buffer;
    }

    private Optional<String> byName(Syscall syscall) {
      return switch (syscall) {
        case PIVOT_ROOT -> Optional.of("pivotRoot(" + texts(0, 1) + ")");
        case CHROOT, CHDIR, RMDIR, UNLINK -> Optional.of(callee.symbol() + "(" + texts(0) + ")");
        case RENAME, SYMLINK -> Optional.of(callee.symbol() + "(" + texts(0, 1) + ")");
        case MKDIR ->
            arguments.get(1).equals(Value.number(0755))
                ? Optional.of("mkdir(" + texts(0) + ")")
                : Optional.empty();
        case GETCWD -> Optional.of("getcwd()");
        case UMOUNT2 -> Optional.of("umount(" + texts(0) + flags(1) + ")");
        case UNSHARE -> Optional.of("unshare(" + flags(0).replaceFirst("^, ", "") + ")");
        case MOUNT -> Optional.of(mount());
        default -> Optional.empty();
      };
    }

    private String byTable() {
      needsCallee = true;
      String name =
          callee instanceof Syscall syscall
              ? "Syscall." + syscall.name()
              : "LibraryFunction." + callee.symbol().toUpperCase(Locale.ROOT);
      return arguments.stream()
          .map(value -> ", " + value.accept(new JavaValue()))
          .collect(Collectors.joining("", "call(" + brings() + name, ")"));
    }

    /** What the method is given of the result, where it is used. */
    private String brings() {
      return result instanceof Result.Opened
          ? "Task.DESCRIPTOR, "
          : result instanceof Result.Wrote ? "Task.TEXT, " : "";
    }

    private String mount() {
      List<Flag> flags = new ArrayList<>(((Value.Flags) arguments.get(3)).flags());
      boolean hasType = arguments.get(2) instanceof Value.Text type && !type.text().isEmpty();
      if (hasType && arguments.get(4) instanceof Value.Null) {
        boolean isTmpfs = arguments.get(2).equals(new Value.Text("tmpfs"));
        return isTmpfs && arguments.get(0).equals(new Value.Text("tmpfs"))
            ? "mountTmpfs(" + texts(1) + flags(3) + ")"
            : "mount(" + texts(0, 1, 2) + flags(3) + ")";
      }
      if (flags.remove(MountFlag.MS_BIND) && !flags.contains(MountFlag.MS_REMOUNT)) {
        return "bind(" + texts(0, 1) + names(flags) + ")";
      }
      return flags.equals(List.of(MountFlag.MS_MOVE))
          ? "move(" + texts(0, 1) + ")"
          : "mount(" + texts(0, 1) + ", \"\"" + flags(3) + ")";
    }

    private String texts(int... indices) {
      List<String> texts = new ArrayList<>();
      for (int index : indices) {
        texts.add(
            arguments.get(index) instanceof Value.Text text
                ? quoted(text.text())
                : arguments.get(index).accept(new JavaValue()));
      }
      return String.join(", ", texts);
    }

    private String flags(int index) {
      return names(((Value.Flags) arguments.get(index)).flags());
    }

    private static String names(List<Flag> flags) {
      return flags.stream().map(flag -> ", " + JavaValue.flag(flag)).collect(Collectors.joining());
    }
  }
}
