package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A fact that two observations of a claim do not share.
 *
 * @param name the fact's name
 * @param before its former value, or {@code (none)}
 * @param after its latter value, or {@code (none)}
 */
public record FactChange(String name, String before, String after) {
  private static final String NONE = "(none)";

  /** The facts that differ, by name. */
  public static List<FactChange> between(Map<String, String> former, Map<String, String> latter) {
    TreeSet<String> names = new TreeSet<>(former.keySet());
    names.addAll(latter.keySet());
    List<FactChange> changes = new ArrayList<>();
    for (String name : names) {
      String was = former.getOrDefault(name, NONE);
      String is = latter.getOrDefault(name, NONE);
      if (!Objects.equals(was, is)) {
        changes.add(new FactChange(name, was, is));
      }
    }
    return changes;
  }
}
