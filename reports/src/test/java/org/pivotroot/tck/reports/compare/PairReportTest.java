package org.pivotroot.tck.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.ReportException;

class PairReportTest {
  @TempDir Path directory;

  private String write(String pair, String extension) throws IOException {
    List<Path> files = PairReport.write(Sample.results(), pair, directory);
    return Files.readString(
        files.stream()
            .filter(file -> file.toString().endsWith(extension))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void seriesAreCompared() throws IOException {
    assertThat(write("6.1..7.0", ".md"))
        .contains("# vm 6.1 and vm 7.0")
        .contains("2 of 6 claims tried on both differ")
        .contains("- upheld → **contradicted**")
        .contains("- errno: EPERM → **ENOENT**");
    assertThat(write("6.1..7.0", ".json"))
        .contains("\"before\": \"vm 6.1\"", "\"after\": \"contradicted\"", "\"tried\": 6");
    assertThat(write("6.1..7.0", ".html"))
        .contains("<del>S: pivot_root(&quot;/new&quot;, &quot;/new/old&quot;) = -1 EINVAL");
  }

  @Test
  void containerAgainstVm() throws IOException {
    assertThat(write("vm-6.1..container 6.1", ".md")).contains("0 of 6 claims");
  }

  @Test
  void unknownTargetIsSaidWithThoseThereAre() {
    assertThatThrownBy(() -> PairReport.write(Sample.results(), "6.1..9.9", directory))
        .isInstanceOf(ReportException.class)
        .hasMessageContainingAll("no results of '9.9'", "vm 7.3");
    assertThatThrownBy(() -> PairReport.write(Sample.results(), "6.1", directory))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("two dots between");
  }
}
