package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Lines at the end of a terminal that are drawn again and again.
 *
 * @param width columns; a line that is longer is cut
 * @param colours whether the terminal is to show colours
 */
record Screen(PrintWriter out, int width, boolean colours) {
  private static final int USUAL = 80;
  private static final String CLEAR = "\033[2K";
  private static final String CLEAR_BELOW = "\033[J";

  /**
   * That of this process: its width is the property tck.columns, and it has colours unless the
   * environment says NO_COLOR, see https://no-color.org.
   */
  static Screen of(PrintWriter out) {
    String without = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
    int columns = Integer.getInteger("tck.columns", USUAL);
    return new Screen(out, columns > 0 ? columns : USUAL, without.isEmpty());
  }

  /** A line, and whether it is to strike the eye. */
  record Line(String text, boolean striking) {}

  /**
   * Draws lines in place of others.
   *
   * @param before how many lines were drawn the last time
   */
  void draw(List<Line> lines, int before) {
    StringBuilder text = new StringBuilder(before > 0 ? "\033[" + before + "A" : "");
    for (Line line : lines) {
      text.append(CLEAR).append(line.striking() && colours ? red(cut(line)) : cut(line));
      text.append('\n');
    }
    out.print(text.append(CLEAR_BELOW));
    out.flush();
  }

  private String cut(Line line) {
    return line.text().length() <= width ? line.text() : line.text().substring(0, width - 1) + "…";
  }

  private static String red(String text) {
    return "\033[31m" + text + "\033[0m";
  }
}
