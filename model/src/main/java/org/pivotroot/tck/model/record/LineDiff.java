package org.pivotroot.tck.model.record;

import java.util.ArrayList;
import java.util.List;

/** The lines of two transcripts, matched by their longest common subsequence. */
public final class LineDiff {
  private LineDiff() {}

  /** Which of the two has a line. */
  public enum Side {
    LEFT,
    RIGHT,
    BOTH
  }

  /** A line and where it is from. */
  public record Line(Side side, String text) {}

  /** All lines of both, each common one once; where they part, the left's lines first. */
  public static List<Line> of(List<String> left, List<String> right) {
    int[][] common = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            left.get(i).equals(right.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        lines.add(new Line(Side.BOTH, left.get(i)));
        i++;
        j++;
      } else if (i < left.size() && (j == right.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Side.LEFT, left.get(i++)));
      } else {
        lines.add(new Line(Side.RIGHT, right.get(j++)));
      }
    }
    return lines;
  }
}
