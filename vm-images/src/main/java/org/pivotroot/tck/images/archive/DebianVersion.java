package org.pivotroot.tck.images.archive;

/**
 * A package version, ordered as deb-version(7) has it.
 *
 * @param epoch the number before the first colon, or 0
 * @param upstream what lies between epoch and revision
 * @param revision what follows the last hyphen, or "0", which sorts like none
 */
public record DebianVersion(int epoch, String upstream, String revision)
    implements Comparable<DebianVersion> {

  /**
   * Reads a version such as {@code 1:2.36-9+deb12u10}.
   *
   * @throws IllegalArgumentException if the epoch is not a number
   */
  public static DebianVersion of(String text) {
    int colon = text.indexOf(':');
    int hyphen = text.lastIndexOf('-');
    int epoch;
    try {
      epoch = colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no Debian version: what precedes the colon must be a number", e);
    }
    boolean revised = hyphen > colon;
    return new DebianVersion(
        epoch,
        text.substring(colon + 1, revised ? hyphen : text.length()),
        revised ? text.substring(hyphen + 1) : "0");
  }

  @Override
  public int compareTo(DebianVersion other) {
    if (epoch != other.epoch) {
      return Integer.compare(epoch, other.epoch);
    }
    int byUpstream = compare(upstream, other.upstream);
    return byUpstream != 0 ? byUpstream : compare(revision, other.revision);
  }

  /** Runs of non-digits and runs of digits are compared in turn. */
  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while (isWord(a, i) || isWord(b, j)) {
        int order = Integer.compare(weight(a, i), weight(b, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int endOfI = endOfNumber(a, i);
      int endOfJ = endOfNumber(b, j);
      int order = compareNumbers(a.substring(i, endOfI), b.substring(j, endOfJ));
      if (order != 0) {
        return order;
      }
      i = endOfI;
      j = endOfJ;
    }
    return 0;
  }

  private static boolean isWord(String text, int at) {
    return at < text.length() && !isDigit(text.charAt(at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A tilde sorts before the end of a part, letters after it, everything else after letters. */
  private static int weight(String text, int at) {
    if (!isWord(text, at)) {
      return 0;
    }
    char c = text.charAt(at);
    if (c == '~') {
      return -1;
    }
    return Character.isLetter(c) ? c : c + Character.MAX_VALUE;
  }

  private static int endOfNumber(String text, int at) {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+", "");
    String right = b.replaceFirst("^0+", "");
    return left.length() != right.length()
        ? Integer.compare(left.length(), right.length())
        : left.compareTo(right);
  }
}
