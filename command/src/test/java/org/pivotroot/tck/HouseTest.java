package org.pivotroot.tck;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of all modules together; reports, on which nothing here depends, sees to itself. */
@AnalyzeClasses(packages = "org.pivotroot.tck", importOptions = DoNotIncludeTests.class)
class HouseTest {
  private static final int LINES = 400;

  @ArchTest
  static final ArchRule arrowsPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("command")
          .definedBy("org.pivotroot.tck.bench..")
          .layer("coverage")
          .definedBy("org.pivotroot.tck.coverage..")
          .layer("suites")
          .definedBy("org.pivotroot.tck.suites..")
          .layer("harness")
          .definedBy("org.pivotroot.tck.harness..")
          .layer("images")
          .definedBy("org.pivotroot.tck.images..")
          .layer("model")
          .definedBy("org.pivotroot.tck.model..")
          .whereLayer("command")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("coverage")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("suites")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("harness")
          .mayOnlyBeAccessedByLayers("command", "coverage", "suites")
          .whereLayer("images")
          .mayOnlyBeAccessedByLayers("command", "coverage", "harness")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("command", "coverage", "suites", "harness");

  @Test
  void noSourceFileIsTooLong() throws IOException {
    Map<String, Long> tooLong = new TreeMap<>();
    for (Path sources : sourceFolders()) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> lines(file) > LINES)
            .forEach(file -> tooLong.put(sources.relativize(file).toString(), lines(file)));
      }
    }
    assertThat(tooLong).as("lines of files with more than %d", LINES).isEmpty();
  }

  /** Of main code in all modules, below the package that all have. */
  private static Set<Path> sourceFolders() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve("src/main/java/org/pivotroot/tck"))
          .filter(Files::isDirectory)
          .collect(Collectors.toSet());
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
