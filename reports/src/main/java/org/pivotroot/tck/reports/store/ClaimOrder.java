package org.pivotroot.tck.reports.store;

import java.util.Comparator;
import java.util.List;
import org.pivotroot.tck.model.observation.ClaimText;

/**
 * Claims by page, the one that the suite is named after first, then by section in the order that
 * man-pages(7) gives them, then by id.
 */
public final class ClaimOrder implements Comparator<ClaimText> {
  private static final String FIRST = "pivot_root(2)";

  private static final List<String> SECTIONS =
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

  /** Sections that man-pages(7) does not name come last, by name. */
  public static final Comparator<String> BY_SECTION =
      Comparator.comparingInt(ClaimOrder::rank).thenComparing(Comparator.naturalOrder());

  private static final Comparator<ClaimText> ORDER =
      Comparator.comparing((ClaimText claim) -> !claim.page().equals(FIRST))
          .thenComparing(ClaimText::page)
          .thenComparing(ClaimText::section, BY_SECTION)
          .thenComparing(ClaimText::id);

  private static int rank(String section) {
    int index = SECTIONS.indexOf(section);
    return index < 0 ? SECTIONS.size() : index;
  }

  @Override
  public int compare(ClaimText left, ClaimText right) {
    return ORDER.compare(left, right);
  }
}
