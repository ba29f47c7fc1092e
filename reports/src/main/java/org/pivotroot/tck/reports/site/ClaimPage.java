package org.pivotroot.tck.reports.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.reports.compare.Comparison.Cell;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.compare.Comparison.Shown;
import org.pivotroot.tck.reports.compare.SideBySide;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import org.pivotroot.tck.reports.store.Seen;

/**
 * What the page of a claim shows beyond its row of the matrix.
 *
 * @param row the row
 * @param left the cell whose transcript stands left at first
 * @param right the cell whose transcript stands right at first
 */
record ClaimPage(Row row, Cell left, Cell right) {

  /** Starts with the first two neighbours that differ, else with the oldest and the newest. */
  static ClaimPage of(Row row) {
    List<Cell> tried = row.cells().stream().filter(cell -> cell.seen() != null).toList();
    int differing =
        IntStream.range(1, tried.size())
            .filter(i -> differ(tried.get(i - 1), tried.get(i)))
            .findFirst()
            .orElse(-1);
    return differing < 0
        ? new ClaimPage(row, tried.get(0), tried.get(tried.size() - 1))
        : new ClaimPage(row, tried.get(differing - 1), tried.get(differing));
  }

  private static boolean differ(Cell left, Cell right) {
    return left.shown() != right.shown()
        && left.target().target().environment().equals(right.target().target().environment());
  }

  /** The two transcripts. */
  public List<SideBySide.Pair> pairs() {
    return SideBySide.of(left.seen().transcript(), right.seen().transcript());
  }

  /**
   * For any two of {@link Row#shown()}, such as {@code "0 2"}, how their lines stand side by side,
   * as JSON.
   */
  public String rows() {
    List<List<String>> transcripts =
        row.shown().stream().map(shown -> shown.seen().transcript()).toList();
    Map<String, String> rows = new TreeMap<>();
    for (int a = 0; a < transcripts.size(); a++) {
      for (int b = a + 1; b < transcripts.size(); b++) {
        rows.put(
            a + " " + b, SideBySide.signs(SideBySide.of(transcripts.get(a), transcripts.get(b))));
      }
    }
    // The sign for the left alone would end the element that the text stands in.
    return Json.MAPPER.writeValueAsString(rows).replace("<", "\\u003c");
  }

  /** What is known of why the claim is not upheld somewhere. */
  public List<String> whys() {
    return row.cells().stream()
        .filter(cell -> cell.seen() != null)
        .map(cell -> cell.seen().why())
        .filter(why -> !why.isEmpty())
        .distinct()
        .toList();
  }

  /** What several targets showed alike and has a mount tree, each tree once. */
  public List<Tree> trees() {
    return row.shown().stream()
        .filter(shown -> shown.seen().observation().before() != null)
        .map(Tree::of)
        .toList();
  }

  /** How to see it by hand, from the newest virtual machine that tried it, else from any target. */
  public Reproducer reproducer() {
    Optional<Seen> vm =
        row.cells().stream()
            .map(Cell::seen)
            .filter(seen -> seen != null && seen.target().target().environment().equals("vm"))
            .reduce((older, newer) -> newer);
    return Reproducer.of(vm.orElse(right.seen()).observation());
  }

  /**
   * A mount tree before and after.
   *
   * @param shown where it was seen
   * @param before SVG
   * @param after SVG
   */
  record Tree(Shown shown, String before, String after) {
    private static Tree of(Shown shown) {
      Observation seen = shown.seen().observation();
      return new Tree(
          shown,
          MountTreeSvg.of("Mount tree before", seen.before(), seen.before()),
          MountTreeSvg.of("Mount tree after", seen.atEnd(), seen.before()));
    }
  }
}
