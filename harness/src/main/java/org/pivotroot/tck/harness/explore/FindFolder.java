package org.pivotroot.tck.harness.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.Share;
import org.pivotroot.tck.model.scenario.Scenario;

/**
 * The directory in which an exploration keeps what it has found and how far it has come: a file for
 * each target and seed, and for each cause and target a directory with the smallest scenario.
 */
public final class FindFolder {
  private static final String SCENARIO = "scenario.json";
  private static final int LONGEST_NAME = 120;

  private final Path root;
  private final Function<Find, Map<String, String>> files;

  /**
   * A directory, which need not exist yet.
   *
   * @param files what else is to be kept of a find: texts by the names of their files
   */
  public FindFolder(Path root, Function<Find, Map<String, String>> files) {
    this.root = root;
    this.files = files;
  }

  /** How far a target has come with a part of a seed's scenarios. */
  Ledger ledger(String target, long seed, Share part) {
    Path file = ledgerFile(target, seed, part);
    if (!Files.exists(file)) {
      return Ledger.empty(seed, part);
    }
    try {
      return Json.parse(Files.readString(file), Ledger.class, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  void write(String target, Ledger ledger) {
    write(ledgerFile(target, ledger.seed(), ledger.part()), Json.text(ledger, 2));
  }

  private Path ledgerFile(String target, long seed, Share part) {
    String which = part.equals(Share.WHOLE) ? "" : "-part-" + part.index() + "-of-" + part.count();
    return root.resolve(slug(target) + "-seed-" + seed + which + ".json");
  }

  /** Keeps a find, unless there is one of its cause and target that is as small. */
  boolean add(Find find) {
    Path directory = root.resolve("finds").resolve(slug(find.cause())).resolve(slug(find.target()));
    Path scenario = directory.resolve(SCENARIO);
    try {
      if (Files.exists(scenario)) {
        int known =
            Json.parse(Files.readString(scenario), Scenario.class, scenario.toString())
                .acts()
                .size();
        if (known <= find.scenario().acts().size()) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    write(directory.resolve("find.txt"), FindText.of(find));
    files.apply(find).forEach((name, text) -> write(directory.resolve(name), text));
    write(scenario, Json.text(find.scenario(), 2));
    return true;
  }

  private static String slug(String text) {
    String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").strip();
    return slug.length() <= LONGEST_NAME
        ? slug
        : slug.substring(0, LONGEST_NAME) + "-" + Integer.toHexString(text.hashCode());
  }

  /** Whole or not at all, however it ends. */
  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
