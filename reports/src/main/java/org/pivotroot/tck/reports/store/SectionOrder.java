package org.pivotroot.tck.reports.store;

import java.util.Comparator;
import java.util.List;

/** Sections in the order that man-pages(7) gives them; others come last, by name. */
public final class SectionOrder implements Comparator<String> {
  private static final List<String> ORDER =
      List.of(
          "NAME",
          "LIBRARY",
          "SYNOPSIS",
          "CONFIGURATION",
          "DESCRIPTION",
          "OPTIONS",
          "EXIT STATUS",
          "RETURN VALUE",
          "ERRORS",
          "ENVIRONMENT",
          "FILES",
          "ATTRIBUTES",
          "VERSIONS",
          "STANDARDS",
          "HISTORY",
          "NOTES",
          "CAVEATS",
          "BUGS",
          "EXAMPLES",
          "SEE ALSO");

  private static int rank(String section) {
    int index = ORDER.indexOf(section);
    return index < 0 ? ORDER.size() : index;
  }

  @Override
  public int compare(String left, String right) {
    return Comparator.comparingInt(SectionOrder::rank)
        .thenComparing(Comparator.naturalOrder())
        .compare(left, right);
  }
}
