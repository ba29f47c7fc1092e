package org.pivotroot.tck.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pivotroot.tck.model.record.Samples.contradicted;
import static org.pivotroot.tck.model.record.Samples.run;
import static org.pivotroot.tck.model.record.Samples.upheld;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.event.Event;

class RecordStoreTest {
  private static final ObservedRecord RECORD =
      ObservedRecord.empty()
          .with(
              List.of(
                  run("vm 6.1", upheld("a", new Event.Noted("fact x: y")), upheld("b")),
                  run("vm 6.12", upheld("a"), upheld("b")),
                  run("container 6.12", upheld("a"), contradicted("b", "it is refused"))));

  @TempDir Path temporary;
  private Path directory;
  private RecordStore store;

  @BeforeEach
  void open() {
    directory = temporary.resolve("observed");
    store = new RecordStore(directory);
  }

  private Path file(String claim) {
    return directory.resolve("pivot_root.2").resolve(claim + ".json");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    store.write(RECORD);
    assertThat(store.read()).isEqualTo(RECORD);
    assertThat(store.claimFiles()).containsExactly(file("a"), file("b"));
  }

  @Test
  void withoutADirectoryThereIsNothingOnRecord() throws IOException {
    assertThat(store.read()).isEqualTo(ObservedRecord.empty());
    assertThat(store.claimFiles()).isEmpty();
  }

  @Test
  void aFileIsForReaders() throws IOException {
    store.write(RECORD);
    assertThat(Files.readString(file("b")))
        .isEqualTo(
            """
            {
              "schemaVersion": 2,
              "claim": {
                "id": "b",
                "page": "pivot_root(2)",
                "section": "NOTES",
                "editions": "all",
                "says": "ours",
                "stage": "root"
              },
              "behaviours": [
                {
                  "targets": [
                    "vm 6.1..6.12"
                  ],
                  "verdict": "upheld",
                  "facts": {},
                  "before": [
                    [1,1,"/","rootfs",2,"/","rw",{}]
                  ],
                  "events": []
                },
                {
                  "targets": [
                    "container 6.12"
                  ],
                  "verdict": "contradicted",
                  "because": {
                    "text": "it is refused"
                  },
                  "facts": {},
                  "before": [
                    [1,1,"/","rootfs",2,"/","rw",{}]
                  ],
                  "events": []
                }
              ]
            }
            """);
  }

  @Test
  void onlyFilesThatChangeAreWritten() throws IOException {
    assertThat(store.write(RECORD))
        .containsExactly(file("a"), file("b"), directory.resolve("targets.json"));
    assertThat(store.write(RECORD)).isEmpty();
    ObservedRecord other = RECORD.with(List.of(run("vm 6.1", upheld("a"))));
    assertThat(store.write(other)).containsExactly(file("a"));
    assertThat(store.write(other.only(List.of("a"), List.of("vm 6.1", "vm 6.12"))))
        .containsExactly(file("a"), file("b"), directory.resolve("targets.json"));
    assertThat(file("b")).doesNotExist();
    try (var files = Files.list(file("a").getParent())) {
      assertThat(files).containsExactly(file("a"));
    }
  }

  @Test
  void aClaimInAnotherClaimsFileIsRefused() throws IOException {
    store.write(RECORD);
    Files.move(file("a"), file("z"));
    assertThatThrownBy(store::read)
        .isInstanceOf(IOException.class)
        .hasMessage(file("z") + " holds the claim a, whose file is pivot_root.2/a.json; rename it");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    store.write(RECORD);
    String good = Files.readString(file("b"));
    Files.writeString(file("b"), good.replace("\"behaviours\"", "\"behaviors\""));
    assertThatThrownBy(store::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file("b") + " cannot be read: ")
        .hasMessageEndingWith("; take it from version control");
    Files.writeString(file("b"), good.replace("6.1..6.12", "6.1..6.18"));
    assertThatThrownBy(store::read)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file("b")
                + " cannot be read: targets.json has no range vm 6.1..6.18;"
                + " take it from version control");
  }
}
