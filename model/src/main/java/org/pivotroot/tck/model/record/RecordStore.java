package org.pivotroot.tck.model.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.model.json.Json;

/**
 * The record in a directory: {@code targets.json}, and a file for each claim in a folder for each
 * page.
 */
public final class RecordStore {
  private static final String TARGETS = "targets.json";
  private static final int TARGET_LEVELS = 5;

  private final Path directory;

  /** The directory need not exist yet. */
  public RecordStore(Path directory) {
    this.directory = directory;
  }

  /** What {@code targets.json} holds. */
  record Targets(int schemaVersion, List<TargetRecord> targets) {}

  /**
   * The whole record; one of nothing if there is no such directory.
   *
   * @throws IOException if a file cannot be read
   */
  public ObservedRecord read() throws IOException {
    if (!Files.exists(directory.resolve(TARGETS))) {
      return ObservedRecord.empty();
    }
    Targets targets = parse(directory.resolve(TARGETS), Targets.class);
    List<String> names = targets.targets().stream().map(TargetRecord::name).toList();
    SortedMap<String, ClaimRecord> claims = new TreeMap<>();
    for (Path file : claimFiles()) {
      ClaimRecord known = parse(file, ClaimRecord.class);
      if (!file.endsWith(ClaimRecord.path(known.claim()))) {
        throw new IOException(
            file
                + " holds the claim "
                + known.claim().id()
                + ", whose file is "
                + ClaimRecord.path(known.claim())
                + "; rename it");
      }
      claims.put(known.claim().id(), expanded(file, known, names));
    }
    return new ObservedRecord(targets.targets(), claims);
  }

  private static ClaimRecord expanded(Path file, ClaimRecord known, List<String> names)
      throws IOException {
    try {
      return withTargets(known, names, TargetRanges::expanded);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " cannot be read: " + e.getMessage() + "; take it from version control", e);
    }
  }

  private static <T> T parse(Path file, Class<T> type) throws IOException {
    try {
      return Json.parse(Files.readString(file), type, file.toString());
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; take it from version control", e);
    }
  }

  /** The files of the claims. */
  public List<Path> claimFiles() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return files
          .filter(file -> file.getNameCount() == directory.getNameCount() + 2)
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private interface Naming {
    List<String> apply(List<String> targets, List<String> all);
  }

  private static ClaimRecord withTargets(ClaimRecord known, List<String> all, Naming naming) {
    return new ClaimRecord(
        known.schemaVersion(),
        known.claim(),
        known.behaviours().stream()
            .map(behaviour -> behaviour.of(naming.apply(behaviour.targets(), all)))
            .toList());
  }

  /**
   * Puts a record in the place of the one that is there. Files that are as they were are not
   * touched.
   *
   * @return the files that were written or deleted
   */
  public List<Path> write(ObservedRecord record) throws IOException {
    List<String> names = record.targets().stream().map(TargetRecord::name).toList();
    List<Path> changed = new ArrayList<>();
    List<Path> old = new ArrayList<>(claimFiles());
    for (ClaimRecord known : record.claims().values()) {
      Path file = directory.resolve(ClaimRecord.path(known.claim()));
      ClaimRecord shortened = withTargets(known, names, TargetRanges::shortened);
      replace(file, Json.text(shortened, ClaimRecord.LEVELS), changed);
      old.remove(file);
    }
    for (Path file : old) {
      Files.delete(file);
      changed.add(file);
    }
    Targets targets = new Targets(ClaimRecord.SCHEMA_VERSION, record.targets());
    replace(directory.resolve(TARGETS), Json.text(targets, TARGET_LEVELS), changed);
    return changed;
  }

  private static void replace(Path file, String text, List<Path> changed) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    changed.add(file);
  }
}
