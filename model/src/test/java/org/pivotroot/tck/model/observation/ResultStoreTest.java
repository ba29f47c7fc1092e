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

class ResultStoreTest {
  @TempDir Path directory;

  private static ResultDocument document(String version, String... claims) {
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION,
        new ResultDocument.Target(
            "vm",
            version,
            new ResultDocument.Kernel(version + ".0", "#1", version, null, null, null),
            "tcg",
            "none",
            "0",
            new TreeMap<>()),
        new ResultDocument.Suite("c0ffee"),
        List.of(claims).stream().map(ResultStoreTest::upheld).toList());
  }

  private static Observation upheld(String id) {
    return new Observation(
        new ClaimText(id, "pivot_root(2)", "NOTES", "all", "ours", "root", true, List.of()),
        Verdict.UPHELD,
        null,
        new TreeMap<>(),
        null,
        null,
        List.of(),
        List.of());
  }

  @Test
  void theDocumentsOfARunReplaceThoseOfTheLast() throws IOException {
    ResultStore store = new ResultStore(directory.resolve("results"));
    assertThat(store.read()).isEmpty();
    store.replaceWith(List.of(document("7.2", "b", "a"), document("6.12", "a")));
    assertThat(store.read()).containsExactly(document("6.12", "a"), document("7.2", "a", "b"));
    store.replaceWith(List.of(document("7.2", "a")));
    assertThat(store.read()).containsExactly(document("7.2", "a"));
    assertThat(store.files()).containsExactly(directory.resolve("results/vm-7.2.json"));
  }

  @Test
  void observationsAreSortedByClaim() {
    assertThat(document("7.2", "b", "a").observations())
        .extracting(Observation::id)
        .containsExactly("a", "b");
    assertThat(document("7.2", "b", "a").of("b")).contains(upheld("b"));
  }

  @Test
  void aDocumentThatCannotBeReadIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("vm-7.2.json"), "[1]");
    assertThatThrownBy(new ResultStore(directory)::read)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageEndingWith("; delete it and run the claims again");
  }
}
