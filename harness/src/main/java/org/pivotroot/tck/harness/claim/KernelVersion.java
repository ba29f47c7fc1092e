package org.pivotroot.tck.harness.claim;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel's release, by which expectations are recorded. */
record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
  private static final Pattern START = Pattern.compile("(\\d+)\\.(\\d+)(\\D.*)?");
  private static final Comparator<KernelVersion> ORDER =
      Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

  /**
   * The version of a series or release, such as {@code 6.1} or {@code 6.1.0-50-amd64}.
   *
   * @throws IllegalArgumentException if it does not start with two numbers
   */
  static KernelVersion of(String release) {
    Matcher matcher = START.matcher(release);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a kernel version: " + release);
    }
    return new KernelVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether it lies in a range. An empty bound does not bound. */
  boolean isWithin(String from, String before) {
    return (from.isEmpty() || compareTo(of(from)) >= 0)
        && (before.isEmpty() || compareTo(of(before)) < 0);
  }

  @Override
  public int compareTo(KernelVersion other) {
    return ORDER.compare(this, other);
  }
}
