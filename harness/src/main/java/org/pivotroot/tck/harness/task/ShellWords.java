package org.pivotroot.tck.harness.task;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as it is typed. */
final class ShellWords {
  /** Not a lone equals sign: what stands behind one in a transcript is a result. */
  private static final Pattern PLAIN = Pattern.compile("(?!=$)[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  /** The words, each quoted for a POSIX shell where it needs that. */
  static String of(String... words) {
    return Arrays.stream(words).map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
