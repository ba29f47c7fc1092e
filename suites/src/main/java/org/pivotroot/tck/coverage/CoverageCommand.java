package org.pivotroot.tck.coverage;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Measures how much of the manual pages the claims cover. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = "Measures how much of the manual pages the claims cover.")
public final class CoverageCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      scope = ScopeType.INHERIT,
      defaultValue = "suites/pages",
      description = "Where scope, maps and lock file are (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Prints the coverage by page and edition; fails if a statement is not mapped or a map is"
              + " not sound.")
  int check(
      @Option(
              names = "--classes",
              defaultValue = "suites/target/classes",
              description = "The compiled claims (default: ${DEFAULT-VALUE}).")
          Path classes,
      @Option(
              names = "--json",
              defaultValue = "reports/target/coverage.json",
              description = "Where the numbers are written (default: ${DEFAULT-VALUE}).")
          Path json)
      throws IOException {
    Coverage coverage = measurement().coverage(written(classes));
    Json.write(json, coverage);
    PrintWriter out = spec.commandLine().getOut();
    out.print(CoverageTable.of(coverage));
    coverage.wanted().forEach(out::println);
    coverage.notes().forEach(out::println);
    coverage.unread().forEach(out::println);
    coverage.problems().forEach(out::println);
    out.flush();
    return coverage.problems().isEmpty() && coverage.unread().isEmpty()
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Prints statements in scope, for reading: all of a page, or single ones.")
  void show(
      @Parameters(
              paramLabel = "PAGE|FINGERPRINT",
              arity = "1..*",
              description = "A page such as umount(2), or a fingerprint or its beginning.")
          List<String> wanted) {
    PrintWriter out = spec.commandLine().getOut();
    Measurement measurement = measurement();
    for (Scope.PageScope page : measurement.scope().pages()) {
      Map<String, PageMap.Entry> entries = measurement.updated(page).statements();
      Set<String> shown = new HashSet<>();
      for (EditionText text : measurement.texts()) {
        if (text instanceof EditionText.Read read) {
          for (Statement one : read.pages().getOrDefault(page.page(), List.of())) {
            String fingerprint = one.fingerprint();
            boolean asked =
                wanted.stream().anyMatch(w -> page.isNamed(w) || fingerprint.startsWith(w));
            if (asked && shown.add(fingerprint)) {
              print(out, page, one, entries.get(fingerprint));
            }
          }
        }
      }
    }
    out.flush();
  }

  private static void print(
      PrintWriter out, Scope.PageScope page, Statement statement, PageMap.Entry entry) {
    out.println(
        statement.fingerprint()
            + "  "
            + page.page()
            + ", "
            + statement.section()
            + ", "
            + String.join(" ", entry.editions())
            + "\n  "
            + (statement.tag().isEmpty() ? "" : "[" + statement.tag() + "] ")
            + statement.text()
            + "\n  -> "
            + describe(entry.meaning()));
  }

  private static String describe(Meaning meaning) {
    if (meaning instanceof Meaning.Testable testable) {
      return Stream.concat(
              testable.claims().stream(),
              testable.wanted().stream().map(claim -> claim + " (wanted)"))
          .collect(joining(", "));
    }
    if (meaning instanceof Meaning.Untestable untestable) {
      return "untestable: " + untestable.reason();
    }
    return meaning instanceof Meaning.NotBehaviour other ? other.kind() : "not mapped";
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Rewrites the maps: adds statements that are new, to be mapped by hand, removes those that"
              + " no edition has, and puts sections and editions right.")
  void update() {
    Measurement measurement = measurement();
    for (Scope.PageScope page : measurement.scope().pages()) {
      Json.write(folder.resolve(page.mapFile()), measurement.updated(page));
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Finds the newest editions in the archive and rewrites the lock file.")
  void lock() {
    Archive archive = archive();
    Editions newest = Editions.newest(suite -> archive.index(suite)::newest);
    Json.write(folder.resolve(Editions.FILE), newest);
    PrintWriter out = spec.commandLine().getOut();
    newest
        .editions()
        .forEach(edition -> out.println(edition.name() + " (" + edition.suite() + ")"));
    out.flush();
  }

  private Measurement measurement() {
    return Measurement.of(folder, archive());
  }

  private static Archive archive() {
    return Archive.ofHost(Cache.ofHost());
  }

  private static WrittenClaims written(Path classes) throws IOException {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, CoverageCommand.class.getClassLoader())) {
      return WrittenClaims.in(classes, loader);
    }
  }
}
