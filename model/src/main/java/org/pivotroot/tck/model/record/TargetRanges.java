package org.pivotroot.tck.model.record;

import java.util.ArrayList;
import java.util.List;

/** Names of targets, short: {@code vm 5.10..6.19} for all on record from the one to the other. */
final class TargetRanges {
  private static final String TO = "..";

  private TargetRanges() {}

  private static String environment(String name) {
    return name.substring(0, name.indexOf(' '));
  }

  /**
   * What stands for these.
   *
   * @param all the names of all targets on record, in order
   */
  static List<String> shortened(List<String> names, List<String> all) {
    List<String> ranges = new ArrayList<>();
    for (int at = 0; at < all.size(); at++) {
      if (!names.contains(all.get(at))) {
        continue;
      }
      String first = all.get(at);
      String environment = environment(first);
      int end = at;
      while (end + 1 < all.size()
          && names.contains(all.get(end + 1))
          && environment(all.get(end + 1)).equals(environment)) {
        end++;
      }
      String last = all.get(end).substring(environment.length() + 1);
      ranges.add(end == at ? first : first + TO + last);
      at = end;
    }
    return ranges;
  }

  /**
   * The names that these stand for.
   *
   * @throws IllegalArgumentException if a range has no such ends
   */
  static List<String> expanded(List<String> ranges, List<String> all) {
    List<String> names = new ArrayList<>();
    for (String range : ranges) {
      int dots = range.indexOf(TO);
      if (dots < 0) {
        names.add(range);
        continue;
      }
      String first = range.substring(0, dots);
      int from = all.indexOf(first);
      int to = all.indexOf(environment(first) + " " + range.substring(dots + TO.length()));
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("targets.json has no range " + range);
      }
      names.addAll(all.subList(from, to + 1));
    }
    return names;
  }
}
