package org.pivotroot.tck.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.RecordStore;

/** A run and a record in directories, read with each file held against its JSON Schema. */
public final class Stored {
  private static final int VIOLATIONS_SHOWN = 10;
  private static final String RUN_AGAIN = "Delete it and run the claims again.";
  private static final String RESTORE = "Take it from version control.";

  private Stored() {}

  /**
   * The documents of a run.
   *
   * @return in the order of the record; none if there is no such directory
   * @throws ReportException if one is not valid, or its name is not its target's
   */
  public static List<ResultDocument> run(Path directory) {
    try {
      ResultStore store = new ResultStore(checked(directory));
      for (Path file : store.files()) {
        check(Schemas.Kind.RESULT, file, RUN_AGAIN);
      }
      List<ResultDocument> documents = store.read();
      Set<Path> files = new HashSet<>(store.files());
      for (ResultDocument document : documents) {
        checkClaims(directory.resolve(document.fileName()), document);
        files.remove(directory.resolve(document.fileName()));
      }
      if (!files.isEmpty()) {
        throw new ReportException(
            files.iterator().next() + " does not have the name of its target. " + RUN_AGAIN);
      }
      return documents;
    } catch (IOException e) {
      throw new ReportException(e.getMessage(), e);
    }
  }

  private static void checkClaims(Path file, ResultDocument document) {
    Set<String> seen = new HashSet<>();
    for (Observation observation : document.observations()) {
      if (!seen.add(observation.id())) {
        throw new ReportException(
            file + " holds the claim " + observation.id() + " twice. " + RUN_AGAIN);
      }
    }
  }

  /**
   * The record.
   *
   * @return one of nothing if there is none in the directory
   * @throws ReportException if a file is not valid
   */
  public static ObservedRecord record(Path directory) {
    try {
      RecordStore store = new RecordStore(checked(directory));
      Path targets = directory.resolve("targets.json");
      if (Files.exists(targets)) {
        check(Schemas.Kind.TARGETS, targets, RESTORE);
        for (Path file : store.claimFiles()) {
          check(Schemas.Kind.CLAIM, file, RESTORE);
        }
      }
      return store.read();
    } catch (IOException | IllegalArgumentException e) {
      throw new ReportException(directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Puts a record in the place of another.
   *
   * @return the files that were written or deleted
   */
  public static List<Path> write(ObservedRecord record, Path directory) {
    try {
      return new RecordStore(directory).write(record);
    } catch (IOException e) {
      throw new ReportException(
          directory
              + " cannot be written: "
              + e.getMessage()
              + ". Check the directory's permissions and that its disk is not full.",
          e);
    }
  }

  private static Path checked(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new ReportException(
          directory + " is a file; give the directory that holds the documents");
    }
    return directory;
  }

  private static void check(Schemas.Kind kind, Path file, String remedy) throws IOException {
    List<String> violations = Schemas.violations(kind, Files.readString(file));
    if (violations.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder(file + " does not follow " + kind.fileName() + ":");
    violations.stream()
        .limit(VIOLATIONS_SHOWN)
        .forEach(line -> message.append("\n  ").append(line));
    if (violations.size() > VIOLATIONS_SHOWN) {
      message.append("\n  and ").append(violations.size() - VIOLATIONS_SHOWN).append(" more");
    }
    throw new ReportException(message.append("\n").append(remedy).toString());
  }
}
