package org.pivotroot.tck.reports.store;

import java.util.Comparator;

/** The page that the suite is named after first, the others by name. */
public final class PageOrder implements Comparator<String> {
  private static final String FIRST = "pivot_root(2)";

  @Override
  public int compare(String left, String right) {
    return Comparator.comparing((String page) -> !page.equals(FIRST))
        .thenComparing(Comparator.naturalOrder())
        .compare(left, right);
  }
}
