package org.pivotroot.tck.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;

/** Reads pages out of the packages of an edition, which are got from the archive or the cache. */
final class PackagedPages {
  private final Archive archive;
  private final KeptPages kept;
  private final List<String> notes = new ArrayList<>();

  PackagedPages(Archive archive) {
    this.archive = archive;
    kept = new KeptPages(archive);
  }

  /** What was not as the lock file has it, in sentences. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Reads all editions; one whose packages cannot be had is told of, not left out in silence. */
  List<EditionText> read(Editions editions, Scope scope) {
    return editions.editions().stream().map(edition -> read(edition, scope)).toList();
  }

  private EditionText read(Edition edition, Scope scope) {
    try {
      return texts(edition, scope);
    } catch (ArchiveException e) {
      if (!e.absent()) {
        return new EditionText.Unread(edition, e.getMessage());
      }
      return readSuccessor(edition, scope);
    }
  }

  private EditionText readSuccessor(Edition gone, Scope scope) {
    try {
      Edition instead = Editions.successor(gone, archive.index(gone.suite())::newest);
      notes.add(
          "the archive no longer has "
              + gone.name()
              + " of "
              + gone.suite()
              + " as editions.lock.json has it; "
              + instead.name()
              + " is read instead. The command \"coverage lock\" puts it on record.");
      return texts(instead, scope);
    } catch (ArchiveException e) {
      return new EditionText.Unread(gone, e.getMessage());
    }
  }

  private EditionText texts(Edition edition, Scope scope) {
    Map<String, Scope.PageScope> wanted = new TreeMap<>();
    scope.pages().stream()
        .filter(page -> page.project().equals(edition.project()))
        .forEach(page -> wanted.put(page.file(), page));
    Map<String, List<Statement>> found = new TreeMap<>();
    for (Edition.Locked one : edition.packages()) {
      try {
        kept.sources(one.asPackage(edition.suite()), wanted.keySet())
            .forEach(
                (path, source) -> {
                  Scope.PageScope page = wanted.get(path);
                  found.put(page.page(), statements(edition, page, scope, source));
                });
      } catch (IOException | UncheckedIOException e) {
        throw new CoverageException(
            "cannot read the pages of " + one.name() + " " + one.version() + ": " + e.getMessage(),
            e);
      }
    }
    return new EditionText.Read(edition, inOrder(edition, scope, found));
  }

  private static List<Statement> statements(
      Edition edition, Scope.PageScope page, Scope scope, String source) {
    return Roff.statements(page.page() + " of " + edition.name(), source).stream()
        .filter(statement -> scope.takesIn(page, statement))
        .toList();
  }

  private static Map<String, List<Statement>> inOrder(
      Edition edition, Scope scope, Map<String, List<Statement>> found) {
    Map<String, List<Statement>> ordered = new LinkedHashMap<>();
    Set<String> missing = new TreeSet<>();
    for (Scope.PageScope page : scope.pages()) {
      if (page.project().equals(edition.project())) {
        List<Statement> statements = found.get(page.page());
        if (statements == null) {
          missing.add(page.file());
        } else {
          ordered.put(page.page(), statements);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new CoverageException(
          "no package of "
              + edition.name()
              + " holds "
              + String.join(", ", missing)
              + ": find where the page went, and say so in "
              + Scope.FILE
              + " or Editions");
    }
    return ordered;
  }
}
