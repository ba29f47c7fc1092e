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
import org.pivotroot.tck.model.observation.ResultJson;
import org.pivotroot.tck.model.observation.Verdict;
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

  private void put(String where, Verdict verdict) throws IOException {
    Observation observation = Sample.observation("c", "ERRORS", verdict).build();
    ResultJson.write(directory.resolve(where), Sample.document("vm", "6.1", List.of(observation)));
  }

  @Test
  void runIsReportedAndAccepted() throws IOException {
    put("results", Verdict.UPHELD);
    assertThat(reports("report")).isZero();
    assertThat(printed.toString()).contains("1 new kernels");
    assertThat(directory.resolve("output/comparison.html")).exists();
    assertThat(reports("accept")).isZero();
    assertThat(directory.resolve("observed/vm-6.1.0-1-amd64.json"))
        .hasSameBinaryContentAs(directory.resolve("results/vm-6.1.0-1-amd64.json"));
    assertThat(reports("check")).isZero();
  }

  @Test
  void changedVerdictGivesStatusOneAndStillAReport() throws IOException {
    put("observed", Verdict.UPHELD);
    put("results", Verdict.CONTRADICTED);
    assertThat(reports("report")).isEqualTo(1);
    assertThat(printed.toString()).contains("verdict: upheld -> contradicted");
    assertThat(Files.readString(directory.resolve("output/comparison.md"))).contains("| c | ✗ |");
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
    put("results", Verdict.UPHELD);
    Files.writeString(directory.resolve("results/vm-6.1.0-1-amd64.json"), "{}");
    assertThat(reports("report")).isEqualTo(2);
    assertThat(printed.toString()).contains("vm-6.1.0-1-amd64.json does not follow");
  }
}
