package org.pivotroot.tck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.Cache;

/** The committed maps are held against the pages as they are packaged, and against the claims. */
class CoverageIT {
  private static final Path RESULTS = Path.of(System.getProperty("tck.results"));

  @Test
  void everyStatementIsMappedAndEveryClaimIsNamed() {
    Path classes = Path.of("target", "classes");
    Coverage coverage =
        Measurement.of(Path.of("pages"), Archive.ofHost(Cache.ofHost()))
            .coverage(WrittenClaims.in(classes, CoverageIT.class.getClassLoader()));
    Json.write(RESULTS.resolveSibling("coverage.json"), coverage);
    System.out.println(CoverageTable.of(coverage));
    coverage.wanted().forEach(System.out::println);
    coverage.notes().forEach(System.out::println);
    assertThat(coverage.problems()).isEmpty();
    if (System.getProperty("unavailable", "skip").equals("error")) {
      assertThat(coverage.unread()).isEmpty();
    }
    assumeTrue(coverage.unread().isEmpty(), () -> String.join("\n", coverage.unread()));
  }
}
