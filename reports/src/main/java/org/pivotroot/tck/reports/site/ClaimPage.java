package org.pivotroot.tck.reports.site;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Topology;
import org.pivotroot.tck.reports.compare.Comparison.Cell;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.compare.Comparison.Shown;
import org.pivotroot.tck.reports.compare.SideBySide;
import org.pivotroot.tck.reports.reproduce.Reproducer;

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
    List<Cell> tried = row.cells().stream().filter(cell -> cell.observation() != null).toList();
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
    return SideBySide.of(left.observation().transcript(), right.observation().transcript());
  }

  /** The reasons on record why the claim is not upheld somewhere. */
  public List<String> reasons() {
    return row.shown().stream()
        .map(shown -> shown.observation().reason())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** What several targets showed alike and has a mount tree, each tree once. */
  public List<Tree> trees() {
    return row.shown().stream()
        .filter(shown -> shown.observation().topology() != null)
        .map(Tree::of)
        .toList();
  }

  /** How to see it by hand, from the newest virtual machine that tried it, else from any target. */
  public Reproducer reproducer() {
    return Reproducer.of(newest());
  }

  private Observation newest() {
    Optional<Observation> vm =
        row.cells().stream()
            .filter(cell -> cell.observation() != null)
            .filter(cell -> cell.target().target().environment().equals("vm"))
            .map(Cell::observation)
            .reduce((older, newer) -> newer);
    return vm.orElse(right.observation());
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
      Topology topology = shown.observation().topology();
      return new Tree(shown, MountTreeSvg.before(topology), MountTreeSvg.after(topology));
    }
  }
}
