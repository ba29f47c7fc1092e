package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.record.LineDiff;

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
  public record Pair(String left, String right, boolean same) {
    private String sign() {
      return same ? "=" : left == null ? ">" : right == null ? "<" : "|";
    }
  }

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

  /**
   * The rows for whoever has the lines: a sign each, {@code =} for one that both have, {@code |}
   * for two that replace each other, {@code <} for one of the left alone, {@code >} of the right.
   */
  public static String signs(List<Pair> pairs) {
    return pairs.stream().map(Pair::sign).collect(Collectors.joining());
  }
}
