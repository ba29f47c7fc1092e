package org.pivotroot.tck.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultJson;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;

class ResultStoreTest {
  @TempDir Path directory;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = new ResultStore(directory);
  }

  private Path put(ResultDocument document) throws IOException {
    return ResultJson.write(directory, document);
  }

  @Test
  void everySampleIsValidAndReadInOrder() throws IOException {
    for (ResultDocument document : Sample.results().targets()) {
      put(document);
    }
    Files.writeString(directory.resolve("vm-6.1.0-1-amd64.durations.json"), "{}");
    assertThat(store.read().targets()).isEqualTo(Sample.results().targets());
    assertThat(store.read().targets())
        .extracting(ResultDocument::name)
        .startsWith("vm-5.10.0-1-amd64", "vm-6.1.0-1-amd64", "vm-6.12.0-1-amd64")
        .endsWith("vm-7.3.0-1-amd64", "container-6.1.0-1-amd64");
  }

  @Test
  void missingDirectoryHoldsNothing() {
    assertThat(new ResultStore(directory.resolve("none")).read().targets()).isEmpty();
  }

  @Test
  void fileInPlaceOfTheDirectoryIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> new ResultStore(file).read())
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("is a file; give the directory");
  }

  private void rejects(Path file, String... parts) {
    assertThatThrownBy(() -> store.read())
        .isInstanceOf(ReportException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(file.toString());
  }

  @Test
  void violationIsNamedByFileAndPointer() throws IOException {
    Path file = put(Sample.document("vm", "6.1"));
    String json = Files.readString(file);
    Files.writeString(file, json.replaceFirst("\"upheld\"", "\"fine\""));
    rejects(file, "/observations/0/verdict", "run its kernel again");
    Files.writeString(file, json.replaceFirst("\"suite\"", "\"suit\""));
    rejects(file, "suit");
  }

  @Test
  void contradictionNeedsToSayWhat() throws IOException {
    Path file = put(Sample.document("vm", "7.3"));
    String json = Files.readString(file);
    Files.writeString(file, json.replaceAll("\"because\" : .*\n", ""));
    rejects(file, "because");
  }

  @Test
  void textThatIsNotJsonIsNamedByLine() throws IOException {
    Path file = Files.writeString(directory.resolve("vm-6.1.json"), "{\n  oops");
    rejects(file, "line 2", "not JSON");
    Files.writeString(file, "");
    rejects(file, "run its kernel again");
  }

  @Test
  void nameMustBeTheTargets() throws IOException {
    Path file = put(Sample.document("vm", "6.1"));
    Path other = Files.move(file, directory.resolve("vm-6.2.json"));
    rejects(other, "rename it to vm-6.1.0-1-amd64.json");
  }

  @Test
  void claimTwiceIsRefused() throws IOException {
    Observation observation = Sample.observation("twice", "ERRORS", Verdict.UPHELD).build();
    Path file = put(Sample.document("vm", "6.1", List.of(observation, observation)));
    rejects(file, "the claim twice twice");
  }

  @Test
  void mergeKeepsWhatANarrowRunDidNotTry() throws IOException {
    put(Sample.document("vm", "6.1"));
    Observation newer =
        Sample.observation("kthread-root-moves", "DESCRIPTION", Verdict.UPHELD)
            .calls("# other")
            .build();
    ResultDocument run = Sample.document("vm", "6.1", List.of(newer));
    store.merge(new Results(List.of(run, Sample.document("vm", "6.2"))));
    Results merged = store.read();
    assertThat(merged.targets()).hasSize(2);
    ResultDocument target = merged.target("vm-6.1.0-1-amd64").orElseThrow();
    assertThat(target.observations()).hasSize(6).contains(newer);
  }
}
