package org.pivotroot.tck.coverage;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.images.archive.Archive;

/**
 * The committed files of a folder together with the pages that they speak of.
 *
 * @param scope which statements are to be covered
 * @param maps what they are to the suite, by page
 * @param texts the editions
 * @param notes what was not as the lock file has it
 */
record Measurement(
    Scope scope, Map<String, PageMap> maps, List<EditionText> texts, List<String> notes) {

  /**
   * Reads the files and the pages. A page without a map has an empty one.
   *
   * @throws CoverageException if one of them is not as it must be
   */
  static Measurement of(Path folder, Archive archive) {
    Scope scope = Scope.in(folder);
    PackagedPages packaged = new PackagedPages(archive);
    List<EditionText> texts = packaged.read(Editions.in(folder), scope);
    Map<String, PageMap> maps =
        scope.pages().stream()
            .collect(
                toMap(
                    Scope.PageScope::page,
                    page -> map(folder, page),
                    (first, second) -> first,
                    LinkedHashMap::new));
    return new Measurement(scope, maps, texts, packaged.notes());
  }

  private static PageMap map(Path folder, Scope.PageScope page) {
    return Files.exists(folder.resolve(page.mapFile()))
        ? PageMap.in(folder, page)
        : new PageMap(page.page(), Map.of(), List.of());
  }

  /** How much the claims cover. */
  Coverage coverage(WrittenClaims written) {
    return Coverage.of(scope, maps, texts, written, notes);
  }

  /**
   * The map of a page, with every statement of the editions and none beside, each with the editions
   * that have it; what they are to the suite stays as it is.
   */
  PageMap updated(Scope.PageScope page) {
    PageMap map = maps.get(page.page());
    Map<String, PageMap.Entry> statements = new LinkedHashMap<>();
    for (EditionText text : texts) {
      String version = text.edition().version();
      if (text instanceof EditionText.Read read) {
        for (Statement one : read.pages().getOrDefault(page.page(), List.of())) {
          put(statements, map, one.fingerprint(), one.section(), version);
        }
      } else if (text.edition().project().equals(page.project())) {
        map.statements()
            .forEach(
                (fingerprint, entry) -> {
                  if (entry.editions().contains(version)) {
                    put(statements, map, fingerprint, entry.section(), version);
                  }
                });
      }
    }
    return new PageMap(page.page(), statements, map.unpackaged());
  }

  private static void put(
      Map<String, PageMap.Entry> statements,
      PageMap map,
      String fingerprint,
      String section,
      String version) {
    PageMap.Entry old = statements.remove(fingerprint);
    List<String> editions = new ArrayList<>(old == null ? List.of() : old.editions());
    if (!editions.contains(version)) {
      editions.add(version);
    }
    PageMap.Entry known =
        map.statements()
            .getOrDefault(
                fingerprint,
                new PageMap.Entry(section, List.of(), List.of(), List.of(), null, null));
    statements.put(fingerprint, known.at(section, editions));
  }
}
