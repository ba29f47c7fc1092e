package org.pivotroot.tck.harness.claim;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names like one that was misspelt. */
public final class Nearest {
  private Nearest() {}

  /** So many of the names, those first that fewest edits make of what was typed. */
  public static List<String> to(String typed, Collection<String> names, int count) {
    return names.stream()
        .sorted(
            Comparator.comparingInt((String name) -> edits(typed, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /** Letters put in, left out or changed (Levenshtein). */
  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
