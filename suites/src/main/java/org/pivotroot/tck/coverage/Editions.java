package org.pivotroot.tck.coverage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.DebianVersion;

/**
 * The editions that are read: the file editions.lock.json.
 *
 * @param editions by project, oldest first
 */
record Editions(List<Edition> editions) {
  /** The file's name. */
  static final String FILE = "editions.lock.json";

  /** The suites, from the oldest on. */
  static final List<String> SUITES = List.of("bullseye", "bookworm", "trixie", "forky", "sid");

  /** The packages that hold the pages of each project; not every suite has all of them. */
  private static final Map<String, List<String>> PACKAGES =
      new TreeMap<>(
          Map.of(
              "man-pages", List.of("manpages", "manpages-dev"),
              "util-linux", List.of("util-linux", "mount", "util-linux-extra"),
              "coreutils", List.of("coreutils")));

  Editions {
    editions = List.copyOf(editions);
  }

  /** Reads the lock file in a folder. */
  static Editions in(Path folder) {
    return Json.read(folder.resolve(FILE), Editions.class);
  }

  /** The editions of one project, oldest first. */
  List<Edition> of(String project) {
    return editions.stream().filter(edition -> edition.project().equals(project)).toList();
  }

  /**
   * The newest edition in each of the suites; one that several suites have is taken from the first.
   *
   * @param newest finds a package by suite and name
   */
  static Editions newest(Function<String, Function<String, Optional<ArchivePackage>>> newest) {
    List<Edition> found = new ArrayList<>();
    PACKAGES.forEach(
        (project, names) -> {
          String last = "";
          for (String suite : SUITES) {
            List<ArchivePackage> packages =
                names.stream().flatMap(name -> newest.apply(suite).apply(name).stream()).toList();
            if (!packages.isEmpty()) {
              Edition edition = edition(project, suite, packages);
              if (!edition.version().equals(last)) {
                found.add(edition);
              }
              last = edition.version();
            }
          }
        });
    return new Editions(found);
  }

  /** What stands in the suite of an edition by now. */
  static Edition successor(Edition gone, Function<String, Optional<ArchivePackage>> newest) {
    List<ArchivePackage> packages =
        PACKAGES.get(gone.project()).stream().flatMap(name -> newest.apply(name).stream()).toList();
    if (packages.isEmpty()) {
      throw new CoverageException(
          gone.suite() + " has no package of " + gone.project() + ": remove it from " + FILE);
    }
    return edition(gone.project(), gone.suite(), packages);
  }

  private static Edition edition(String project, String suite, List<ArchivePackage> packages) {
    return new Edition(
        project,
        DebianVersion.of(packages.get(0).version()).upstream(),
        suite,
        packages.stream().map(Edition.Locked::of).toList());
  }
}
