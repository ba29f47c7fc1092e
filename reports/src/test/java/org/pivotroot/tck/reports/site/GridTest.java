package org.pivotroot.tck.reports.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.reports.compare.Comparison.Row;

class GridTest {
  private static Row row(String id, ClaimText.Cell cell) {
    ClaimText claim =
        new ClaimText(
            id, "page(2)", "DESCRIPTION", "all", "says", "namespace", false, List.of(), cell);
    return new Row(claim, List.of(), List.of(), List.of());
  }

  @Test
  void aClaimStandsInItsCellAndTheRestIsEmpty() {
    List<Grid> grids =
        Grid.of(
            List.of(
                row("alone", null),
                row("first", new ClaimText.Cell("what becomes of it", "shared", "bind")),
                row("second", new ClaimText.Cell("what becomes of it", "slave", "move"))));
    assertThat(grids).hasSize(1);
    assertThat(grids.get(0).columns()).containsExactly("bind", "move");
    assertThat(grids.get(0).lines())
        .extracting(
            Grid.Line::name,
            line -> line.cells().stream().map(c -> c == null ? "" : c.id()).toList())
        .containsExactly(
            tuple("shared", List.of("first", "")), tuple("slave", List.of("", "second")));
  }
}
