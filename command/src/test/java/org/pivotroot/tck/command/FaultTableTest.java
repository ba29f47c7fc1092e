package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTableTest {
  private static final Path CHECKOUT = Path.of("..");

  @TempDir Path directory;

  @Test
  void everyRowNamesTestsThatThereAre() throws IOException {
    FaultTable table = FaultTable.of(Files.readString(CHECKOUT.resolve("docs/trust.md")));
    assertThat(table.rows()).hasSizeGreaterThan(20);
    List<FaultTable.Test> absent = new ArrayList<>();
    for (FaultTable.Row row : table.rows()) {
      assertThat(row.tests()).as(row.injected()).isNotEmpty();
      for (FaultTable.Test test : row.tests()) {
        if (source(test.type()).filter(text -> text.contains("void " + test.method())).isEmpty()) {
          absent.add(test);
        }
      }
    }
    assertThat(absent).as("tests that docs/trust.md names and nobody wrote").isEmpty();
  }

  private static Optional<String> source(String type) throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      Optional<Path> file =
          files
              .filter(path -> path.toString().contains("src/test/java"))
              .filter(path -> path.endsWith(type + ".java"))
              .findFirst();
      return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file.get()));
    }
  }

  @Test
  void aRowHoldsIfAllItsTestsDid() throws IOException {
    Path reports = Files.createDirectories(directory.resolve("harness/target/failsafe-reports"));
    Files.writeString(
        reports.resolve("TEST-a.OneIT.xml"),
        """
        <testsuite name="a.OneIT">
          <testcase name="holds" classname="a.OneIT"/>
          <testcase name="often(int)[1]" classname="a.OneIT"/>
          <testcase name="often(int)[2]" classname="a.OneIT"><failure message="x"/></testcase>
          <testcase name="left" classname="a.OneIT"><skipped message="x"/></testcase>
        </testsuite>
        """);
    FaultTable table =
        FaultTable.of(
            """
            | injected | must happen | test | held |
            |---|---|---|---|
            | a | b | `OneIT.holds` | |
            | a | b | `OneIT.holds`, `.often` | |
            | a | b | `OneIT.left` (the wait alone) | |
            | a | b | `OneIT` | |
            | a | b | `OtherIT` | |
            """);
    Map<FaultTable.Test, FaultTable.Outcome> outcomes = FaultTable.outcomes(directory);
    assertThat(table.rows())
        .extracting(row -> FaultTable.of(row, outcomes))
        .containsExactly(
            FaultTable.Outcome.HELD,
            FaultTable.Outcome.BROKEN,
            FaultTable.Outcome.NOT_RUN,
            FaultTable.Outcome.BROKEN,
            FaultTable.Outcome.NOT_RUN);
    assertThat(table.text(outcomes)).contains("| a | b | `OneIT.holds`, `.often` | **no** |\n");
  }
}
