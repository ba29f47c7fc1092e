package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;

/** Two transcripts in two columns. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * A row.
   *
   * @param left the left line; null if there is none
   * @param right the right line; null if there is none
   * @param same whether both are the same
   */
  public record Pair(String left, String right, boolean same) {}

  /** Puts lines that replace each other into one row. */
  public static List<Pair> of(List<String> left, List<String> right) {
    List<Pair> pairs = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    List<String> come = new ArrayList<>();
    for (LineDiff.Line line : LineDiff.of(left, right)) {
      switch (line.side()) {
        case LEFT -> gone.add(line.text());
        case RIGHT -> come.add(line.text());
        case BOTH -> {
          flush(pairs, gone, come);
          pairs.add(new Pair(line.text(), line.text(), true));
        }
      }
    }
    flush(pairs, gone, come);
    return pairs;
  }

  private static void flush(List<Pair> pairs, List<String> gone, List<String> come) {
    for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
      pairs.add(
          new Pair(
              i < gone.size() ? gone.get(i) : null, i < come.size() ? come.get(i) : null, false));
    }
    gone.clear();
    come.clear();
  }
}
