package org.pivotroot.tck.harness.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pivotroot.tck.harness.result.ResultDocument;
import org.pivotroot.tck.harness.result.ResultJson;
import org.pivotroot.tck.harness.target.VmTarget;
import org.pivotroot.tck.harness.task.Placement;

/**
 * One run of the suite: its targets and guests. What was observed is written when JUnit is done,
 * one document for each target, in place of those of the last run.
 */
final class Run implements AutoCloseable {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Run.class);

  private final Selection selection;
  private final List<TargetRun> targets;
  private final GuestPool guests;

  private Run() {
    selection = Selection.ofProperties();
    targets = TargetRun.of(selection);
    guests = new GuestPool(selection.freshGuests(), targets.size() + 1);
  }

  /** The run that a test belongs to. */
  static Run of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Run.class, key -> new Run(), Run.class);
  }

  boolean includes(String claim) {
    return selection.includes(claim);
  }

  /** The targets that a claim of this placement can be tried on. */
  Stream<TargetRun> targets(Placement placement) {
    return targets.stream()
        .filter(run -> placement == Placement.NAMESPACE || run.target() instanceof VmTarget);
  }

  GuestPool guests() {
    return guests;
  }

  @Override
  public void close() {
    guests.close();
    Path directory = Path.of(System.getProperty("tck.results", "target/results"));
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "*.json")) {
        for (Path document : old) {
          Files.delete(document);
        }
      }
      ResultDocument.Suite suite = new ResultDocument.Suite(commit());
      for (TargetRun target : targets) {
        if (!target.isEmpty()) {
          ResultJson.write(directory, target.document(suite));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the results to " + directory.toAbsolutePath() + ": " + e.getMessage(), e);
    }
  }

  /** The commit of the checkout that the run was started in. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--match=-")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return commit.isBlank() ? "unknown" : commit.strip();
    } catch (IOException e) {
      return "unknown"; // no git on this host
    }
  }
}
