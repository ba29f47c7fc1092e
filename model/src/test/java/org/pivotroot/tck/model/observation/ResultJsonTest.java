package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Topology.MountEntry;

class ResultJsonTest {
  @TempDir Path directory;

  private static Observation observation(String claim) {
    MountEntry root =
        new MountEntry("mount#1", "mount#2", "/", "tmpfs", "dev#1", "/", "rw", List.of());
    return new Observation(
        claim,
        "pivot_root(2)",
        "ERRORS",
        "5.03+",
        "ours",
        "namespace",
        Verdict.UPHELD,
        Verdict.UPHELD,
        null,
        null,
        new TreeMap<>(),
        List.of("S: chdir(\"/\") = 0"),
        new Topology(List.of(root), List.of(root)));
  }

  private static ResultDocument document(Observation... observations) {
    return new ResultDocument(
        1,
        new ResultDocument.Target(
            "vm",
            new ResultDocument.Kernel("6.1.0-1-amd64", "#1", "6.1", null, null, null),
            "tcg",
            "QEMU",
            "0",
            new TreeMap<>()),
        new ResultDocument.Suite("unknown"),
        List.of(observations));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    ResultDocument document = document(observation("b"), observation("a"));
    Path file = ResultJson.write(directory.resolve("new"), document);
    assertThat(file.getFileName()).hasToString("vm-6.1.0-1-amd64.json");
    assertThat(ResultJson.read(file)).isEqualTo(document);
    assertThat(directory.resolve("new")).isDirectoryContaining("regex:.*\\.json");
    assertThat(file.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void textIsTheSameWhateverTheOrderOfTheRun() {
    assertThat(ResultJson.text(document(observation("b"), observation("a"))))
        .isEqualTo(ResultJson.text(document(observation("a"), observation("b"))))
        .startsWith("{\n  \"schemaVersion\" : 1,\n  \"target\" : {\n")
        .endsWith("}\n");
  }

  @Test
  void absentComponentsAreLeftOut() {
    assertThat(ResultJson.text(document(observation("a"))))
        .doesNotContain("null", "because", "reason");
  }

  @Test
  void anotherFileIsNamedInTheMessage() throws IOException {
    Path file = Files.writeString(directory.resolve("x.json"), "{\"schemaVersion\": 1, \"y\": 2}");
    assertThatThrownBy(() -> ResultJson.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.json is not a result document")
        .hasMessageContaining("Delete it");
  }
}
