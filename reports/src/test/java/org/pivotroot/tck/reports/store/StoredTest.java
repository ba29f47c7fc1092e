package org.pivotroot.tck.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.Sample;

class StoredTest {
  @TempDir Path directory;

  private Path put(ResultDocument document) throws IOException {
    new ResultStore(directory).replaceWith(List.of(document));
    return directory.resolve(document.fileName());
  }

  @Test
  void everySampleIsValidAndReadInOrder() throws IOException {
    new ResultStore(directory).replaceWith(Sample.documents());
    assertThat(Stored.run(directory)).isEqualTo(Sample.documents());
    assertThat(Stored.run(directory))
        .extracting(ResultDocument::name)
        .startsWith("vm 5.10", "vm 6.1", "vm 6.12")
        .endsWith("vm 7.3", "container 6.1");
  }

  @Test
  void recordIsValidAndReadAsItWasWritten() {
    ObservedRecord record = Sample.record(Sample.documents());
    assertThat(Stored.write(record, directory)).hasSize(7);
    assertThat(Stored.record(directory)).isEqualTo(record);
    assertThat(Stored.write(record, directory)).isEmpty();
  }

  @Test
  void missingDirectoryHoldsNothing() {
    assertThat(Stored.run(directory.resolve("none"))).isEmpty();
    assertThat(Stored.record(directory.resolve("none"))).isEqualTo(ObservedRecord.empty());
  }

  @Test
  void fileInPlaceOfTheDirectoryIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> Stored.run(file))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("is a file; give the directory");
  }

  private void rejects(Path file, String... parts) {
    assertThatThrownBy(() -> Stored.run(directory))
        .isInstanceOf(ReportException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining(file.toString());
  }

  @Test
  void violationIsNamedByFileAndPointer() throws IOException {
    Path file = put(Sample.document("vm", "6.1"));
    String json = Files.readString(file);
    Files.writeString(file, json.replaceFirst("\"upheld\"", "\"fine\""));
    rejects(file, "/observations/0/verdict", "run the claims again");
    Files.writeString(file, json.replaceFirst("\"suite\"", "\"suit\""));
    rejects(file, "suit");
    Files.writeString(file, json.replaceFirst("\"returned\": *0", "\"returned\": \"x\""));
    rejects(file, "/call", "returned");
  }

  @Test
  void contradictionNeedsToSayWhat() throws IOException {
    Path file = put(Sample.document("vm", "7.3"));
    String json = Files.readString(file);
    Files.writeString(file, json.replaceAll("(?s)\"because\": \\{[^}]*\\},\\s*", ""));
    rejects(file, "because");
  }

  @Test
  void textThatIsNotJsonIsNamedByLine() throws IOException {
    Path file = Files.writeString(directory.resolve("vm-6.1.json"), "{\n  oops");
    rejects(file, "line 2", "not JSON");
    Files.writeString(file, "");
    rejects(file, "run the claims again");
  }

  @Test
  void nameMustBeTheTargets() throws IOException {
    Path file = put(Sample.document("vm", "6.1"));
    rejects(Files.move(file, directory.resolve("vm-6.2.json")), "the name of its target");
  }

  @Test
  void claimTwiceIsRefused() throws IOException {
    Observation observation = Sample.observation("twice", "ERRORS", Verdict.UPHELD).build();
    Path file = put(Sample.document("vm", "6.1", List.of(observation, observation)));
    rejects(file, "the claim twice twice");
  }

  @Test
  void brokenRecordIsToBeRestored() throws IOException {
    Stored.write(Sample.record(Sample.documents()), directory);
    Path file = directory.resolve("pivot_root.2/kthread-root-moves.json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("vm 5.10..7.2", "vm 5.10..9.9"));
    assertThatThrownBy(() -> Stored.record(directory))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("targets.json has no range vm 5.10..9.9");
    Files.writeString(file, json.replace("\"stage\"", "\"scene\""));
    assertThatThrownBy(() -> Stored.record(directory))
        .isInstanceOf(ReportException.class)
        .hasMessageContainingAll("record-v2.schema.json", "version control", file.toString());
  }
}
