package org.pivotroot.tck.model.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of something it is that several machines share.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Share(int index, int count) {
  /** All of it. */
  public static final Share WHOLE = new Share(1, 1);

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /**
   * The part that words such as {@code 2/8} name.
   *
   * @throws IllegalArgumentException if they name none; the message says what is wrong
   */
  public static Share parse(String words) {
    Matcher matcher = SHAPE.matcher(words);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + words + "\" is no shard; the second of eight is 2/8");
    }
    int index = Integer.parseInt(matcher.group(1));
    int count = Integer.parseInt(matcher.group(2));
    if (index < 1 || index > count) {
      throw new IllegalArgumentException(
          "there is no shard "
              + index
              + " of "
              + count
              + ": they are 1/"
              + count
              + " to "
              + count
              + "/"
              + count);
    }
    return new Share(index, count);
  }

  /** Of things numbered from 0 that are dealt out one by one, the number of this part's n-th. */
  public int dealt(int n) {
    return n * count + index - 1;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
