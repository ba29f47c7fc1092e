package org.pivotroot.tck.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.pivotroot.tck.harness.session.Dialogue;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.model.transcript.SyntaxException;

/** A session on a terminal, with completion and history. */
final class TraceTerminal {
  private TraceTerminal() {}

  static int talk(Dialogue dialogue) throws IOException {
    Path history = Cache.ofHost().directory().resolve("trace-history");
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .parser(new DefaultParser().eofOnUnclosedQuote(false))
              .completer(
                  (line, parsed, candidates) ->
                      dialogue
                          .next(parsed.words().subList(0, parsed.wordIndex()))
                          .forEach(word -> candidates.add(new Candidate(word))))
              .variable(LineReader.HISTORY_FILE, history)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      dialogue.greeting().forEach(terminal.writer()::println);
      while (say(dialogue, reader, terminal)) {
        terminal.flush();
      }
    }
    return 0;
  }

  private static boolean say(Dialogue dialogue, LineReader reader, Terminal terminal) {
    try {
      String line = reader.readLine("> ");
      if (Dialogue.isEnd(line)) {
        return false;
      }
      dialogue.say(line).forEach(terminal.writer()::println);
    } catch (UserInterruptException e) {
      // The line is given up.
    } catch (EndOfFileException e) {
      return false;
    } catch (SyntaxException e) {
      terminal.writer().println(TraceCommand.message(e));
    } catch (RuntimeException e) {
      terminal.writer().println(e.getMessage());
      terminal.writer().println("(the session is as it was before that)");
    }
    return true;
  }
}
