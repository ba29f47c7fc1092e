package org.pivotroot.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.RecordStore;
import picocli.CommandLine;

class MainTest {
  @TempDir Path directory;
  private final StringWriter printed = new StringWriter();

  private int reports(String command, String... more) {
    CommandLine line = Main.commandLine();
    PrintWriter writer = new PrintWriter(printed, true);
    line.setOut(writer).setErr(writer);
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add("--results=" + directory.resolve("results"));
    arguments.add("--observed=" + directory.resolve("observed"));
    arguments.add("--output=" + directory.resolve("output"));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(String[]::new));
  }

  private void run(Verdict verdict) throws IOException {
    Observation observation = Sample.observation("c", "ERRORS", verdict).build();
    new ResultStore(directory.resolve("results"))
        .replaceWith(List.of(Sample.document("vm", "6.1", List.of(observation))));
  }

  @Test
  void runIsReportedAndAccepted() throws IOException {
    run(Verdict.UPHELD);
    assertThat(reports("report")).isZero();
    assertThat(printed.toString()).contains("1 new targets");
    assertThat(directory.resolve("output/comparison.html")).exists();
    assertThat(reports("accept")).isZero();
    assertThat(printed.toString()).contains("c: new\n", "vm 6.1: new target\n", "2 files of");
    assertThat(new RecordStore(directory.resolve("observed")).read().at("c", "vm 6.1")).isPresent();
    assertThat(reports("check")).isZero();
    assertThat(reports("accept")).isZero();
    assertThat(printed.toString()).contains("\n0 files of");
  }

  @Test
  void changedVerdictGivesStatusOneAndStillAReport() throws IOException {
    run(Verdict.UPHELD);
    reports("accept");
    run(Verdict.CONTRADICTED);
    assertThat(reports("report")).isEqualTo(1);
    assertThat(printed.toString()).contains("verdict: upheld -> contradicted");
    assertThat(Files.readString(directory.resolve("output/comparison.md"))).contains("| c | ✗ ! |");
  }

  @Test
  void whatIsNamedIsDropped() throws IOException {
    run(Verdict.UPHELD);
    reports("accept");
    assertThat(reports("accept", "--drop=no-such-claim")).isEqualTo(2);
    assertThat(printed.toString()).contains("no claim has this id");
    assertThat(reports("accept", "--drop=c")).isZero();
    assertThat(printed.toString()).contains("c: dropped\n");
    assertThat(directory.resolve("observed/pivot_root.2/c.json")).doesNotExist();
  }

  @Test
  void nothingToCompareIsAnErrorThatSaysWhatToDo() {
    assertThat(reports("compare")).isEqualTo(2);
    assertThat(printed.toString()).contains("no result documents in", "./tck run");
    assertThat(reports("accept")).isEqualTo(2);
    assertThat(reports("report")).isZero();
  }

  @Test
  void brokenDocumentGivesStatusTwo() throws IOException {
    run(Verdict.UPHELD);
    Files.writeString(directory.resolve("results/vm-6.1.json"), "{}");
    assertThat(reports("report")).isEqualTo(2);
    assertThat(printed.toString()).contains("vm-6.1.json does not follow result-v2.schema.json");
  }
}
