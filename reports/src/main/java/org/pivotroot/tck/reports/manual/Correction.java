package org.pivotroot.tck.reports.manual;

import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.Comparison.Cell;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import org.pivotroot.tck.reports.store.Seen;

/**
 * A statement that the newest kernel contradicts.
 *
 * @param claim the statement
 * @param newest what the newest kernel that tried it showed
 * @param since the first of the unbroken row of kernels that contradict it, up to the newest
 * @param always whether no older kernel upheld it
 */
record Correction(ClaimText claim, Seen newest, String since, boolean always) {

  /** All of them, by page. */
  static List<Correction> all(Comparison comparison) {
    return comparison.matrix().values().stream()
        .flatMap(sections -> sections.values().stream())
        .flatMap(List::stream)
        .flatMap(row -> of(row).stream())
        .toList();
  }

  private static Optional<Correction> of(Row row) {
    List<Cell> tried =
        row.cells().stream()
            .filter(cell -> cell.seen() != null)
            .filter(cell -> cell.seen().verdict() != Verdict.INCONCLUSIVE)
            .toList();
    boolean inVms = tried.stream().anyMatch(cell -> isVm(cell.target()));
    List<Cell> cells = tried.stream().filter(cell -> isVm(cell.target()) == inVms).toList();
    int since = cells.size();
    while (since > 0 && cells.get(since - 1).seen().verdict() == Verdict.CONTRADICTED) {
      since--;
    }
    if (since == cells.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Correction(
            row.claim(),
            cells.get(cells.size() - 1).seen(),
            cells.get(since).target().target().version(),
            since == 0));
  }

  private static boolean isVm(TargetRecord target) {
    return target.target().environment().equals("vm");
  }

  /** The C program that shows it. */
  public String program() {
    return Reproducer.of(newest.observation()).c();
  }
}
