package org.pivotroot.tck.model.observation;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an implementation, such as {@code 6.12}, {@code 7.0-rc1}, {@code 6.1.0-50-amd64} or
 * {@code 20240729}. A release candidate comes before its release, and numbers count as numbers.
 */
public record Version(String text) implements Comparable<Version> {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d+(?:\\.\\d+)*)(?:[-~]rc(\\d+))?(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** The version that a text begins with; one without a number comes before all others. */
  public static Version of(String text) {
    return new Version(text);
  }

  /**
   * Whether it comes before another, as far as that is told: 6.12.3 and 6.12-rc1 do not come before
   * 6.12.
   */
  public boolean isBefore(Version other) {
    int[] bound = numbers(other.parts().group(1));
    int[] numbers = numbers(parts().group(1));
    return Arrays.compare(Arrays.copyOf(numbers, Math.min(numbers.length, bound.length)), bound)
        < 0;
  }

  private Matcher parts() {
    Matcher matcher = match();
    matcher.matches();
    return matcher;
  }

  private Matcher match() {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches() ? matcher : SHAPE.matcher("0" + text);
  }

  private static int[] numbers(String text) {
    return NUMBER.matcher(text).results().mapToInt(found -> number(found.group())).toArray();
  }

  /** Longer numbers, such as dates with a time, all count as very large. */
  private static int number(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static int candidate(String number) {
    return number == null ? Integer.MAX_VALUE : number(number);
  }

  @Override
  public int compareTo(Version other) {
    Matcher one = parts();
    Matcher two = other.parts();
    int result = Arrays.compare(numbers(one.group(1)), numbers(two.group(1)));
    if (result == 0) {
      result = Integer.compare(candidate(one.group(2)), candidate(two.group(2)));
    }
    if (result == 0) {
      result = Arrays.compare(numbers(one.group(3)), numbers(two.group(3)));
    }
    return result == 0 ? one.group(3).compareTo(two.group(3)) : result;
  }
}
