package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.pivotroot.tck.model.observation.Observation;

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
  public static List<FactChange> between(Observation former, Observation latter) {
    TreeSet<String> names = new TreeSet<>(former.facts().keySet());
    names.addAll(latter.facts().keySet());
    List<FactChange> changes = new ArrayList<>();
    for (String name : names) {
      String was = former.facts().getOrDefault(name, NONE);
      String is = latter.facts().getOrDefault(name, NONE);
      if (!Objects.equals(was, is)) {
        changes.add(new FactChange(name, was, is));
      }
    }
    return changes;
  }
}
