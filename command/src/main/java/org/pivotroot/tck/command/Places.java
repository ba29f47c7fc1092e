package org.pivotroot.tck.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.claim.Nearest;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.harness.claim.Suite;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.RecordStore;
import picocli.CommandLine.Option;

/** Where things are: where the {@link Installation} has them, unless told otherwise. */
final class Places {
  /** The claims of this project. */
  static final Suite SUITE = new Suite("org.pivotroot.tck.suites");

  /** Of this program. */
  static final Installation INSTALLATION = Installation.ofHost();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "What the last run saw (default: reports/target/results of a checkout, else"
              + " ~/.local/state/pivot-root-tck/results).")
  private Path results = INSTALLATION.results();

  @Option(
      names = "--observed",
      paramLabel = "DIR",
      description =
          "What is on record (default: reports/observed of a checkout, else what the program came"
              + " with).")
  private Path observed = INSTALLATION.observed();

  Path results() {
    return results;
  }

  /**
   * Makes the folder of results.
   *
   * @throws SelectionException if nothing can be written there
   */
  void checkResults() {
    try {
      Files.createDirectories(results);
    } catch (IOException e) {
      throw unwritable();
    }
    if (!Files.isWritable(results)) {
      throw unwritable();
    }
  }

  private SelectionException unwritable() {
    return new SelectionException(
        "results cannot be written to " + results + ": name another folder with --results");
  }

  /** Allure's results of a run go beside the run's own, or where that cannot be, among them. */
  void tellAllure() {
    String name = "allure-results";
    Path beside = results.toAbsolutePath().getParent();
    Path folder = Files.isWritable(beside) ? beside.resolve(name) : results.resolve(name);
    System.setProperty("allure.results.directory", folder.toString());
  }

  Path observed() {
    return observed;
  }

  ObservedRecord record() {
    try {
      return new RecordStore(observed).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  List<ResultDocument> run() {
    try {
      return new ResultStore(results).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The record with the last run in it, whose results count where there are both. */
  ObservedRecord all() {
    return record().with(run());
  }

  /**
   * Where kernels are tried if nobody says where, as the parameter {@code targets} has it; empty if
   * no kernel is named.
   */
  static String targetsOf(List<String> kernels) {
    return Targets.environmentsOf(kernels).stream()
        .map(Environment::word)
        .collect(Collectors.joining(","));
  }

  /** The claim of this id, or of the only id that begins so. */
  static ClaimText claim(String id) {
    List<ClaimText> all = SUITE.claims();
    Optional<ClaimText> exact = all.stream().filter(claim -> claim.id().equals(id)).findFirst();
    List<ClaimText> likely = all.stream().filter(claim -> claim.id().startsWith(id)).toList();
    if (exact.isEmpty() && likely.size() != 1) {
      throw new SelectionException(
          "no claim is called "
              + id
              + "; did you mean "
              + String.join(", ", Nearest.to(id, all.stream().map(ClaimText::id).toList(), 3))
              + "? All: tck list claims");
    }
    return exact.orElseGet(() -> likely.get(0));
  }
}
