package org.pivotroot.tck.reports.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a transcript. */
sealed interface Line {

  /** Something that no task did. */
  record Comment(String text) implements Line {}

  /** Something that a task did. */
  sealed interface Act extends Line {
    /** Who did it. */
    String task();
  }

  /**
   * A call.
   *
   * @param task who makes it
   * @param name the call's name
   * @param arguments as written, strings with their quotes
   * @param errno the error's name; null if the call succeeded
   * @param returned what stands behind the equals sign
   */
  record Made(String task, String name, List<String> arguments, String errno, String returned)
      implements Act {
    /** The call as strace(1) writes it, without its result. */
    String call() {
      return name + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String toString() {
      return task + ": " + call();
    }
  }

  /**
   * A task makes a directory and goes there, some times over.
   *
   * @param name as written, with its quotes
   */
  record Deepened(String task, String name, int times) implements Act {
    @Override
    public String toString() {
      return task + ": mkdir(" + name + "), chdir(" + name + "), " + times + " times";
    }
  }

  /** A task starts another as its thread. */
  record Started(String task, String other, boolean sharesFs) implements Act {
    @Override
    public String toString() {
      return task + " starts the thread " + other;
    }
  }

  /** A task starts another as a process, through a command. */
  record Launched(String task, String other, Command command) implements Act {
    @Override
    public String toString() {
      return task + ": $ " + command.text() + " & = " + other;
    }
  }

  /** A task ends. */
  record Ended(String task) implements Act {
    @Override
    public String toString() {
      return task + ": exit(0)";
    }
  }

  /** A task runs a program, which ends with this status. */
  record Ran(String task, Command command, int status) implements Act {
    @Override
    public String toString() {
      return task + ": $ " + command.text();
    }
  }

  /**
   * A command line.
   *
   * @param text as it is typed
   * @param words as the program is given them; of a pipeline, those of a shell that runs it
   */
  record Command(String text, List<String> words) {}

  /** Anything else; the programs show it as a comment. */
  record Unknown(String text) implements Line {}

  /** The grammar of the transcripts. */
  final class Grammar {
    private static final Pattern TASK = Pattern.compile("([A-Za-z]\\w*): (.*)", Pattern.DOTALL);
    private static final Pattern CLONE = Pattern.compile("clone\\((0|CLONE_FS)\\) = (\\w+)");
    private static final Pattern DEEPENED =
        Pattern.compile("mkdir\\((.*)\\), chdir\\(\\1\\), (\\d+) times = 0");
    private static final Pattern STATUS = Pattern.compile("= (\\d+)(, .*)?", Pattern.DOTALL);
    private static final Pattern LAUNCH = Pattern.compile("& = (\\w+)");
    private static final Pattern CALL =
        Pattern.compile("([a-z_][a-z_0-9 ]*)\\((.*)", Pattern.DOTALL);
    private static final Pattern ERROR = Pattern.compile("-1 (E[A-Z0-9]+) \\(.*\\)");

    private Grammar() {}

    static Line parse(String text) {
      if (text.startsWith("# ")) {
        return new Comment(text.substring(2));
      }
      Matcher line = TASK.matcher(text);
      if (!line.matches()) {
        return new Unknown(text);
      }
      String task = line.group(1);
      String rest = line.group(2);
      if (rest.startsWith("exit(")) {
        return new Ended(task);
      }
      Matcher clone = CLONE.matcher(rest);
      if (clone.matches()) {
        return new Started(task, clone.group(2), clone.group(1).equals("CLONE_FS"));
      }
      if (rest.startsWith("$ ")) {
        return program(text, task, rest.substring(2));
      }
      Matcher deepened = DEEPENED.matcher(rest);
      if (deepened.matches()) {
        return new Deepened(task, deepened.group(1), Integer.parseInt(deepened.group(2)));
      }
      Matcher call = CALL.matcher(rest);
      return call.matches() ? made(text, task, call.group(1), call.group(2)) : new Unknown(text);
    }

    /** Words end at an equals sign or an ampersand that stands alone and without quotes. */
    private static Line program(String text, String task, String rest) {
      List<String> words = new ArrayList<>();
      boolean pipeline = false;
      int at = 0;
      while (at < rest.length() && !rest.startsWith("= ", at) && !rest.startsWith("& ", at)) {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (; at < rest.length() && (quoted || rest.charAt(at) != ' '); at++) {
          char c = rest.charAt(at);
          if (c == '\'') {
            quoted = !quoted;
          } else {
            word.append(!quoted && c == '\\' ? rest.charAt(++at) : c);
          }
        }
        pipeline |= rest.startsWith(" | ", at - 2);
        words.add(word.toString());
        at++;
      }
      if (words.isEmpty() || at >= rest.length()) {
        return new Unknown(text);
      }
      String typed = rest.substring(0, at - 1);
      Command command = new Command(typed, pipeline ? List.of("sh", "-c", typed) : words);
      Matcher status = STATUS.matcher(rest.substring(at));
      if (status.matches()) {
        return new Ran(task, command, Integer.parseInt(status.group(1)));
      }
      Matcher launch = LAUNCH.matcher(rest.substring(at));
      return launch.matches() ? new Launched(task, launch.group(1), command) : new Unknown(text);
    }

    /** Arguments end at the parenthesis that is not within a string or another call. */
    private static Line made(String text, String task, String name, String rest) {
      List<String> arguments = new ArrayList<>();
      StringBuilder argument = new StringBuilder();
      int depth = 1;
      boolean quoted = false;
      int at = 0;
      for (; at < rest.length() && depth > 0; at++) {
        char c = rest.charAt(at);
        quoted ^= c == '"';
        if (!quoted && c == '(') {
          depth++;
        } else if (!quoted && c == ')') {
          depth--;
        }
        if (depth == 1 && !quoted && c == ',') {
          arguments.add(argument.toString().strip());
          argument.setLength(0);
        } else if (depth > 0) {
          argument.append(c);
        }
      }
      if (depth > 0 || !rest.startsWith(" = ", at)) {
        return new Unknown(text);
      }
      if (!argument.toString().isBlank()) {
        arguments.add(argument.toString().strip());
      }
      String returned = rest.substring(at + 3);
      Matcher error = ERROR.matcher(returned);
      return new Made(task, name, arguments, error.matches() ? error.group(1) : null, returned);
    }
  }
}
