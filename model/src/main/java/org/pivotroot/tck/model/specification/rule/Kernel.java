package org.pivotroot.tck.model.specification.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kernel, by what distinguishes it from others.
 *
 * @param version its version
 * @param switches those that are on in it
 * @param omitted the rules that it is supposed not to have, by id; none for kernels that there are
 */
public record Kernel(String version, Set<Switch> switches, Set<String> omitted) {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  public Kernel {
    switches = Set.copyOf(switches);
    omitted = Set.copyOf(omitted);
  }

  /**
   * The kernel of a version such as 7.2.13; the last one of a series such as 7.2.
   *
   * @throws IllegalArgumentException if it does not begin like that
   */
  public static Kernel of(String version) {
    long number = number(version, Integer.MAX_VALUE);
    return new Kernel(
        version,
        Stream.of(Switch.values())
            .filter(one -> one.since().map(since -> number(since, 0) <= number).orElse(true))
            .filter(one -> one.until().map(until -> number < number(until, 0)).orElse(true))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Switch.class))),
        Set.of());
  }

  private static long number(String version, int patch) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(version + " is no version of a kernel");
    }
    long series = Long.parseLong(matcher.group(1)) << 48 | Long.parseLong(matcher.group(2)) << 32;
    return series | (matcher.group(3) == null ? patch : Long.parseLong(matcher.group(3)));
  }

  /** Whether a change is in it. */
  public boolean has(Switch change) {
    return switches.contains(change);
  }

  /** One that differs by a change: has it if this one has not, and the reverse. */
  public Kernel turned(Switch change) {
    EnumSet<Switch> others = EnumSet.noneOf(Switch.class);
    others.addAll(switches);
    if (!others.remove(change)) {
      others.add(change);
    }
    return new Kernel(version, others, omitted);
  }

  /** One that differs in that it does not make a check: a wrong specification, to be found out. */
  public Kernel without(String rule) {
    return new Kernel(version, switches, Set.of(rule));
  }
}
