package org.pivotroot.tck.harness.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.transcript.SyntaxException;

/**
 * A session as a text that can be played again: its transcript, with what was looked at as
 * comments.
 *
 * @param setting what the first task finds
 * @param lines those that say what tasks do, comments among them
 */
public record Script(Setting setting, List<String> lines) {
  public Script {
    lines = List.copyOf(lines);
  }

  /**
   * Reads one.
   *
   * @throws SyntaxException if there is none
   */
  public static Script read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return new Script(Setting.in(lines.stream()), lines);
    } catch (NoSuchFileException e) {
      throw new SyntaxException(
          file + " does not exist; tck trace saves a session with: save FILE");
    } catch (IOException e) {
      throw new SyntaxException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** The text of a session. */
  static String of(Session session) {
    List<String> lines = new ArrayList<>();
    lines.add("# tck trace on " + session.target().name());
    lines.add(session.setting().line());
    for (Played step : session.steps()) {
      if (step.event() instanceof Event.Looked) {
        lines.add("tree " + step.act().task());
        step.treeLines().forEach(line -> lines.add("#" + line));
      } else {
        lines.add(step.line());
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * Plays it to its end.
   *
   * @throws SyntaxException with the number of the line that means nothing
   */
  void play(Session session) {
    for (int i = 0; i < lines.size(); i++) {
      try {
        session.play(lines.get(i));
      } catch (SyntaxException e) {
        throw new SyntaxException("line " + (i + 1) + ": " + e.getMessage(), e.word(), e.known());
      }
    }
  }
}
