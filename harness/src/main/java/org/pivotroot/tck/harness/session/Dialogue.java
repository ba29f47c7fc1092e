package org.pivotroot.tck.harness.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.transcript.ShellWords;
import org.pivotroot.tck.model.transcript.SyntaxException;

/** What is said to a session, line by line, and what is answered. */
public final class Dialogue {
  /** The words that are no step of a task. */
  static final List<String> COMMANDS =
      List.of("help", "quit", "save", "task", "tasks", "tree", "undo");

  private static final List<String> HELP =
      List.of(
          "S pivot_root /new /new/old          a call of task S; what can be left out is as usual:",
          "S mount tmpfs /new                    mount(\"tmpfs\", \"/new\", \"tmpfs\", 0, NULL)",
          "S mount /a /b MS_BIND|MS_REC          flags by name; NULL, fd#1, AT_FDCWD, 0755 as strace",
          "S umount2(\"/new\", MNT_DETACH)       or all of it, in strace's notation",
          "task P    S clone P    S clone P CLONE_FS       another task, as a thread",
          "S process U unshare --user --map-root-user --mount    as a process (--userland)",
          "S $ ls /                            a program (--userland)",
          "P exit                              the end of a task",
          "tree [TASK]    tasks                the mounts around a task; the tasks",
          "undo                                all but the last step, again in a fresh place",
          "save FILE                           as a transcript: tck trace --replay FILE --kernel all",
          "save --c FILE    save --claim FILE  as a C program; as the skeleton of a claim",
          "quit");

  private final Session session;
  private final Map<String, Function<Observation, String>> formats = new LinkedHashMap<>();

  /**
   * About a session.
   *
   * @param formats what it can be saved as besides a transcript, by the option for it
   */
  public Dialogue(Session session, Map<String, Function<Observation, String>> formats) {
    this.session = session;
    this.formats.putAll(formats);
  }

  /** What is there before anything is said. */
  public List<String> greeting() {
    List<String> lines = new ArrayList<>();
    lines.add(
        session.target().name()
            + " ("
            + session.target().description().kernel().release()
            + "): "
            + session.setting().says());
    session.beginning().lines().forEach(line -> lines.add("    " + line));
    lines.add("help tells what can be typed");
    return lines;
  }

  /** Whether a line ends the session. */
  public static boolean isEnd(String line) {
    return line.strip().equals("quit") || line.strip().equals("exit");
  }

  /**
   * Does what a line says.
   *
   * @return lines to be shown
   * @throws SyntaxException if it means nothing
   * @throws RuntimeException if the guest failed; the session is as it was before
   */
  public List<String> say(String line) {
    List<String> words = ShellWords.split(line.strip());
    if (words.isEmpty()) {
      return List.of();
    }
    return switch (words.get(0)) {
      case "help" -> HELP;
      case "undo" -> undo();
      case "tasks" -> List.of(String.join(" ", session.tasks()));
      case "save" -> save(words.subList(1, words.size()));
      default -> step(line);
    };
  }

  private List<String> step(String line) {
    String before = tree();
    return session.play(line).map(played -> shown(played, before)).orElse(List.of());
  }

  private String tree() {
    List<Played> steps = session.steps();
    return steps.isEmpty() ? session.beginning() : steps.get(steps.size() - 1).tree();
  }

  private static List<String> shown(Played played, String before) {
    List<String> lines = new ArrayList<>();
    lines.add(played.line());
    lines.addAll(played.because());
    if (!played.opinion().silent().isEmpty() && !(played.event() instanceof Event.Looked)) {
      lines.add("    the specification is silent: " + played.opinion().silent());
    }
    if (played.tree().equals(before) && !(played.event() instanceof Event.Looked)) {
      lines.add("    (the tree is as before)");
    } else {
      lines.addAll(played.treeLines());
    }
    return lines;
  }

  private List<String> undo() {
    return session
        .undo()
        .map(
            undone -> {
              List<String> lines = new ArrayList<>();
              lines.add("undone: " + undone.line());
              tree().lines().forEach(line -> lines.add("    " + line));
              return lines;
            })
        .orElse(List.of("there is nothing to undo"));
  }

  private List<String> save(List<String> words) {
    boolean hasFormat = words.size() == 2 && formats.containsKey(words.get(0));
    if (words.isEmpty()
        || (words.size() != 1 && !hasFormat)
        || formats.containsKey(words.get(words.size() - 1))) {
      throw new SyntaxException("save: say save [" + String.join("|", formats.keySet()) + "] FILE");
    }
    Path file = Path.of(words.get(words.size() - 1));
    String text =
        hasFormat ? formats.get(words.get(0)).apply(session.observation()) : Script.of(session);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new SyntaxException(file + " cannot be written: " + e.getMessage());
    }
    return List.of(file + " is written");
  }

  /** What can be typed next, behind these words of a line. */
  public List<String> next(List<String> words) {
    return Completion.of(session, List.copyOf(formats.keySet()), words);
  }
}
