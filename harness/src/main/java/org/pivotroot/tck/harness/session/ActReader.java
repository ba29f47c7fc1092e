package org.pivotroot.tck.harness.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.transcript.CallReader;
import org.pivotroot.tck.model.transcript.ShellWords;
import org.pivotroot.tck.model.transcript.SyntaxException;

/** Reads what a task is to do, as it is typed or as a transcript has it. */
final class ActReader {
  private static final Pattern LINE = Pattern.compile("([A-Za-z]\\w*):?\\s+(.+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");
  private static final Pattern CLONE =
      Pattern.compile("clone\\((0|CLONE_FS)\\)\\s*=\\s*(\\w+)|clone\\s+(\\w+)(\\s+CLONE_FS)?");
  private static final Pattern CHILD = Pattern.compile("\\$\\s+(.+?)\\s*&\\s*=\\s*(\\w+)");
  private static final Pattern RAN = Pattern.compile("\\$\\s+(.+?)(?: = (?:\\d+|\\?)(?:, .*)?)?");

  private final List<String> tasks;

  /** With the names of the tasks that there are, the first one first. */
  ActReader(List<String> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  /**
   * Reads a line.
   *
   * @return empty for a comment or an empty line
   * @throws SyntaxException if it means nothing
   */
  Optional<Act> read(String typed) {
    String line = typed.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    List<String> words = ShellWords.split(line);
    if (words.get(0).equals("task") && words.size() == 2) {
      return Optional.of(starts(tasks.get(0), words.get(1), Event.How.THREAD, List.of()));
    }
    if (words.get(0).equals("tree") && words.size() <= 2) {
      return Optional.of(new Act.Looks(known(words.size() == 2 ? words.get(1) : tasks.get(0))));
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new SyntaxException(
          "this is no line such as S pivot_root /new /new/old: " + line + "; try help");
    }
    return Optional.of(act(known(matcher.group(1)), matcher.group(2)));
  }

  private String known(String task) {
    if (!tasks.contains(task)) {
      throw new SyntaxException(
          "there is no task "
              + task
              + ", only "
              + String.join(", ", tasks)
              + "; type task "
              + task
              + " to start it, or help",
          task,
          tasks);
    }
    return task;
  }

  private Act act(String task, String rest) {
    Matcher clone = CLONE.matcher(rest);
    if (clone.matches()) {
      boolean sharing = rest.contains("CLONE_FS");
      return starts(
          task,
          clone.group(2) == null ? clone.group(3) : clone.group(2),
          sharing ? Event.How.THREAD_SHARING_FS : Event.How.THREAD,
          List.of());
    }
    Matcher child = CHILD.matcher(rest);
    if (child.matches()) {
      return starts(task, child.group(2), Event.How.PROCESS, ShellWords.split(child.group(1)));
    }
    if (rest.startsWith("process ")) {
      List<String> words = new ArrayList<>(ShellWords.split(rest));
      words.remove(0);
      if (words.isEmpty()) {
        throw new SyntaxException("process: which name is it to have?");
      }
      String name = words.remove(0);
      return starts(task, name, Event.How.PROCESS, words);
    }
    Matcher ran = RAN.matcher(rest);
    if (ran.matches()) {
      return new Act.Runs(task, ShellWords.split(ran.group(1)));
    }
    if (rest.equals("exit") || rest.startsWith("exit(")) {
      return new Act.Ends(task);
    }
    if (rest.equals("tree")) {
      return new Act.Looks(task);
    }
    return new Act.Calls(task, CallReader.of(rest, tasks));
  }

  private Act starts(String task, String other, Event.How how, List<String> command) {
    if (!NAME.matcher(other).matches()) {
      throw new SyntaxException(
          other + " is no name for a task; take letters and digits, a letter first");
    }
    if (tasks.contains(other)) {
      throw new SyntaxException("there is a task " + other + " already; take another name");
    }
    return new Act.Starts(task, other, how, command);
  }
}
