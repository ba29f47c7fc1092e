package org.pivotroot.tck.coverage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One sentence, item or example of a manual page. Two statements are the same if their words are:
 * fonts, case, line breaks, hyphens and punctuation do not count, nor does the section.
 *
 * @param section the section, and after " / " the subsection if there is one
 * @param tag the item of a list that it belongs to, such as {@code EBUSY}; else ""
 * @param text the words as a reader sees them
 * @param example whether it is literal text: a program, a session, a table
 */
record Statement(String section, String tag, String text, boolean example) {
  private static final Pattern FOLDED =
      Pattern.compile("-(?!\\d)|[\\s,;:!?\"'`´‘’“”()\\[\\]{}•—–]+");

  /** What ends a sentence, and not a name such as "/..". */
  private static final Pattern END =
      Pattern.compile("(?<![/.])\\.+$|(?<=[\\p{L}\\p{N}])\\.[)\"'\\]]+$");

  private static final Pattern FULL_STOP = Pattern.compile("(?<=[\\p{L}\\p{N}])\\.+(?= |$)");

  /** The first 16 hexadecimal digits of the SHA-256 of {@link #words()}. */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Tag and text, in lower case, with nothing but single blanks between the words. */
  String words() {
    String ended = END.matcher((tag + " " + text).toLowerCase(Locale.ROOT)).replaceFirst("");
    String folded = FOLDED.matcher(ended).replaceAll(" ").replaceAll(" +", " ").strip();
    return FULL_STOP.matcher(folded).replaceAll("");
  }

  /**
   * How much of its wording another statement has: Dice's coefficient of the pairs of neighbouring
   * words.
   *
   * @return 0 for nothing in common, 1 for the same pairs
   */
  double likeness(Statement other) {
    Set<String> mine = pairs();
    Set<String> theirs = other.pairs();
    int both = mine.size() + theirs.size();
    mine.retainAll(theirs);
    return 2.0 * mine.size() / both;
  }

  private Set<String> pairs() {
    String[] words = ("^ " + words() + " $").split(" ", -1);
    Set<String> pairs = new TreeSet<>();
    for (int i = 1; i < words.length; i++) {
      pairs.add(words[i - 1] + " " + words[i]);
    }
    return pairs;
  }
}
