package org.pivotroot.tck.coverage;

import java.util.Locale;

/** The numbers as a table in Markdown. */
final class CoverageTable {
  private CoverageTable() {}

  /** The table, a line for each page and edition. */
  static String of(Coverage coverage) {
    StringBuilder table = new StringBuilder();
    table.append("| page | edition | covered | testable | share | untestable |");
    table.append(" not behaviour | unmapped |\n|---|---|--:|--:|--:|--:|--:|--:|\n");
    for (Coverage.Numbers one : coverage.pages()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %d | %s | %d | %d | %d |%n",
              one.page(),
              one.edition(),
              one.covered(),
              one.testable(),
              one.testable() == 0 ? "-" : 100 * one.covered() / one.testable() + " %",
              one.untestable(),
              one.notBehaviour(),
              one.unmapped()));
    }
    return table.toString().replace(System.lineSeparator(), "\n");
  }
}
