package org.pivotroot.tck.reports.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.reports.compare.Comparison.Row;

/**
 * A table of the documentation whose cells are claims.
 *
 * @param table what it tells
 * @param columns its columns' names
 * @param lines its rows
 */
public record Grid(String table, List<String> columns, List<Line> lines) {
  /**
   * A row of the table.
   *
   * @param name its name
   * @param cells a claim for each column; null where the documentation leaves the cell empty
   */
  public record Line(String name, List<ClaimText> cells) {}

  /** The tables whose cells are among these claims. */
  static List<Grid> of(List<Row> rows) {
    Map<String, List<ClaimText>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      ClaimText claim = row.claim();
      if (claim.cell() != null) {
        tables.computeIfAbsent(claim.cell().table(), table -> new ArrayList<>()).add(claim);
      }
    }
    return tables.entrySet().stream().map(one -> of(one.getKey(), one.getValue())).toList();
  }

  private static Grid of(String table, List<ClaimText> claims) {
    List<String> columns = names(claims.stream().map(claim -> claim.cell().column()));
    List<Line> lines = new ArrayList<>();
    for (String name : names(claims.stream().map(claim -> claim.cell().row()))) {
      List<ClaimText> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(at(claims, new ClaimText.Cell(table, name, column)));
      }
      lines.add(new Line(name, cells));
    }
    return new Grid(table, columns, lines);
  }

  private static List<String> names(Stream<String> all) {
    return all.distinct().toList();
  }

  private static ClaimText at(List<ClaimText> claims, ClaimText.Cell cell) {
    return claims.stream().filter(claim -> claim.cell().equals(cell)).findFirst().orElse(null);
  }
}
