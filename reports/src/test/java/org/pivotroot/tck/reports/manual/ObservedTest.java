package org.pivotroot.tck.reports.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.compare.Comparison;

class ObservedTest {
  @TempDir Path directory;

  private boolean write() {
    return Observed.write(new Comparison(Sample.results()), directory);
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  @Test
  void pageTellsChangesAndStatements() throws IOException {
    write();
    assertThat(read("pivot_root_observed.7"))
        .startsWith(".TH PIVOT_ROOT_OBSERVED 7 \"2026-03-05\" pivot-root-tck\n")
        .contains(".SS \"Since 7.0 (vm, after 6.19)\"\n.TP\n.B rootfs\\-cannot\\-be\\-pivoted\n")
        .contains("\nWas upheld, is contradicted.\nAn empty immutable nullfs lies")
        .contains("\nerrno was EPERM, is ENOENT.\n")
        .contains("\nContradicted on vm 7.3.\n")
        .contains(".SH \"STATEMENTS OF unshare(2)\"");
  }

  @Test
  void mandocFindsNothingToComplainOf() throws IOException, InterruptedException {
    assumeTrue(write(), "mandoc is not installed (Debian: apt-get install mandoc)");
    Process lint =
        new ProcessBuilder(
                "mandoc", "-T", "lint", directory.resolve("pivot_root_observed.7").toString())
            .redirectErrorStream(true)
            .start();
    String complaints = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    lint.waitFor();
    assertThat(complaints).isEmpty();
    assertThat(read("pivot_root_observed.html")).contains("id=\"Since_7.0_(vm,_after_6.19)\"");
    assertThat(directory.resolve("pivot_root_observed.pdf")).isNotEmptyFile();
  }

  @Test
  void correctionsAreThoseOfTheNewestKernel() throws IOException {
    write();
    assertThat(read("corrections.md"))
        .contains("\n\n## pivot\\_root(2), NOTES: rootfs-cannot-be-pivoted\n\n- Editions")
        .contains("- On: 7.0 and newer; newest: 7.3.0-1-amd64")
        .contains("- On: 7.3 and newer")
        .contains("int main(")
        .doesNotContain("new-root-not-mount-point");
  }

  @Test
  void summaryNamesRanges() throws IOException {
    write();
    assertThat(read("observed.md"))
        .contains("upheld on vm 5.10 to 6.19, container 6.1; contradicted on vm 7.0 to 7.3.\n");
  }

  @Test
  void roffEscapesWhatItWouldTakeForItsOwn() {
    assertThat(new Roff().text(".starts with a dot \\ and - and 'quotes'").toString())
        .isEqualTo("\\&.starts with a dot \\e and \\- and \\(aqquotes\\(aq\n");
  }
}
