package org.pivotroot.tck.model.transcript;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as it is typed. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  /** The words, each quoted for a POSIX shell where it needs that. */
  public static String of(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  /**
   * The words of a line, without their quotes.
   *
   * @throws SyntaxException if a quote is not closed
   */
  public static List<String> split(String line) {
    return Words.byBlanks(line).stream().map(Words::unquoted).toList();
  }

  /** One word, quoted if it needs that. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
