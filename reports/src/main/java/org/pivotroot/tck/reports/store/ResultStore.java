package org.pivotroot.tck.reports.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultJson;

/** A directory of result documents, {@code <target>.json} each. */
public final class ResultStore {
  private static final int VIOLATIONS_SHOWN = 10;

  private final Path directory;
  private final ResultSchema schema = new ResultSchema();

  /** A store; the directory need not exist yet. */
  public ResultStore(Path directory) {
    this.directory = directory;
  }

  /**
   * All documents, validated.
   *
   * @return in the order of {@link TargetOrder}; none if the directory does not exist
   * @throws ReportException if a document is not valid, or its name is not its target's
   */
  public Results read() {
    List<ResultDocument> documents = new ArrayList<>();
    for (Path file : files()) {
      documents.add(read(file));
    }
    return new Results(documents);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.endsWith(".json")
                    && !name.endsWith(".durations.json")
                    && !name.startsWith(".");
              })
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw new ReportException(
          directory + " is a file; give the directory that holds the result documents", e);
    } catch (IOException e) {
      throw new ReportException(directory + " cannot be read: " + e.getMessage(), e);
    }
  }

  private ResultDocument read(Path file) {
    try {
      String json = Files.readString(file);
      List<String> violations = schema.violations(json);
      if (!violations.isEmpty()) {
        throw new ReportException(invalid(file, violations));
      }
      ResultDocument document = ResultJson.parse(json, file.toString());
      checkIdentity(file, document);
      return document;
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String invalid(Path file, List<String> violations) {
    StringBuilder message = new StringBuilder(file + " does not follow result-v1.schema.json:");
    violations.stream()
        .limit(VIOLATIONS_SHOWN)
        .forEach(line -> message.append("\n  ").append(line));
    if (violations.size() > VIOLATIONS_SHOWN) {
      message.append("\n  and ").append(violations.size() - VIOLATIONS_SHOWN).append(" more");
    }
    return message
        .append("\nDelete the file and run its kernel again, or take it from version control.")
        .toString();
  }

  private static void checkIdentity(Path file, ResultDocument document) {
    if (!file.getFileName().toString().equals(document.name() + ".json")) {
      throw new ReportException(
          file
              + " holds the results of "
              + document.name()
              + "; rename it to "
              + document.name()
              + ".json");
    }
    Set<String> seen = new HashSet<>();
    for (Observation observation : document.observations()) {
      if (!seen.add(observation.claim())) {
        throw new ReportException(
            file
                + ": /observations holds the claim "
                + observation.claim()
                + " twice; delete the file and run its kernel again");
      }
    }
  }

  /**
   * Adds what was observed to what the store holds. A document of a target that is already there
   * keeps those of its observations that the new one does not have.
   *
   * @return the files written
   */
  public List<Path> merge(Results newer) {
    List<Path> written = new ArrayList<>();
    Results merged = read().overlaidWith(newer);
    for (ResultDocument document : newer.targets()) {
      try {
        written.add(ResultJson.write(directory, merged.target(document.name()).orElseThrow()));
      } catch (IOException e) {
        throw new ReportException(
            directory
                + ": "
                + document.name()
                + ".json cannot be written: "
                + e.getMessage()
                + ". Check the directory's permissions and that its disk is not full.",
            e);
      }
    }
    return written;
  }
}
