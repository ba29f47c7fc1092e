package org.pivotroot.tck.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.Results;

class ComparisonTest {
  @TempDir Path directory;
  private final Comparison comparison = new Comparison(Sample.results());

  @Test
  void changesAreFoundBetweenNeighbours() {
    assertThat(comparison.steps()).extracting(Step::since).containsExactly("7.0", "7.1", "7.3");
    assertThat(comparison.steps()).extracting(Step::until).containsExactly("6.19", "7.0", "7.2");
    assertThat(comparison.steps().get(0).changes())
        .extracting(change -> change.claim().id())
        .containsExactly("rootfs-cannot-be-pivoted", "perm-or-lookup-first");
    Change facts = comparison.steps().get(0).changes().get(1);
    assertThat(facts.changesVerdict()).isFalse();
    assertThat(facts.facts()).containsExactly(new FactChange("errno", "EPERM", "ENOENT"));
  }

  @Test
  void brokenTrialHidesNoChange() {
    Observation upheld = Sample.observation("c", "ERRORS", Verdict.UPHELD).build();
    Observation broken = Sample.observation("c", "ERRORS", Verdict.INCONCLUSIVE).build();
    Observation contradicted = Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).build();
    Comparison three =
        new Comparison(
            Sample.results(
                List.of(
                    Sample.document("vm", "6.1", List.of(upheld)),
                    Sample.document("vm", "6.2", List.of(broken)),
                    Sample.document("vm", "6.3", List.of(contradicted)))));
    assertThat(three.steps()).singleElement().extracting(Step::since).isEqualTo("6.3");
    assertThat(three.steps().get(0).until()).isEqualTo("6.1");
  }

  @Test
  void anotherStepThatDecidedIsAChange() {
    Observation one =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("at a").build();
    Observation other =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("at b").build();
    Comparison two =
        new Comparison(
            Sample.results(
                List.of(
                    Sample.document("vm", "6.1", List.of(one)),
                    Sample.document("vm", "6.2", List.of(other)))));
    Change change = two.steps().get(0).changes().get(0);
    assertThat(change.changesDecision()).isTrue();
    assertThat(change.changesVerdict()).isFalse();
  }

  @Test
  void containersAreNotNeighboursOfVms() {
    Observation upheld = Sample.observation("c", "ERRORS", Verdict.UPHELD).build();
    Observation contradicted = Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).build();
    assertThat(
            new Comparison(
                    Sample.results(
                        List.of(
                            Sample.document("vm", "6.1", List.of(upheld)),
                            Sample.document("container", "6.2", List.of(contradicted)))))
                .steps())
        .isEmpty();
  }

  @Test
  void markdownPutsChangesFirstAndEscapes() throws IOException {
    ComparisonReport.write(comparison, directory);
    String text = Files.readString(directory.resolve("comparison.md"));
    assertThat(text)
        .contains(
            "| The root of kernel threads is moved as well | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓"
                + " | ✗ | ✓ |\n")
        .contains("### Since 7.0 (vm, compared with 6.19)")
        .contains(
            "  - upheld → **contradicted**: S: pivot\\_root(\"/new\", \"/new/old\") = 0 where")
        .contains("of the two errors is given\n  - errno: EPERM → **ENOENT**\n")
        .contains("\n  - Kernel threads live in a private nullfs\n\n## Matrix\n\n")
        .contains("\n\n### pivot\\_root(2)\n\n#### DESCRIPTION\n\n| claim |")
        .contains("one mount \\<only\\> & resets root\\|cwd")
        .contains("**vm 5.10 to 6.19, container 6.1**: upheld")
        .contains("```\n# S has a mount namespace of its own")
        .contains(
            "S: pivot_root(\"/new/dir\", \"/new/dir/old\") = -1 EINVAL (Invalid argument)\n```");
    assertThat(text.indexOf("## Behaviour changes")).isLessThan(text.indexOf("## Matrix"));
    assertThat(text.lines().filter(line -> line.startsWith("| rootfs-cannot-be-pivoted")))
        .containsExactly(
            "| rootfs-cannot-be-pivoted | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✗ | ✗ | ✗ | ✗ | ✓ |");
  }

  @Test
  void htmlIsSelfContainedAndEscaped() throws IOException {
    ComparisonReport.write(comparison, directory);
    String text = Files.readString(directory.resolve("comparison.html"));
    assertThat(text)
        .contains("one mount &lt;only&gt; &amp; resets root|cwd")
        .contains("<a href=\"#rootfs-cannot-be-pivoted--1\">✗ contradicted</a>")
        .contains("<div id=\"rootfs-cannot-be-pivoted--1\">")
        .contains("S: mkdir(&quot;/new/old&quot;, 0755) = 0\nS: pivot_root(")
        .doesNotContain("http", "src=", "<link");
  }

  @Test
  void unexpectedVerdictsAreMarked() throws IOException {
    Observation surprising = Sample.observation("odd", "ERRORS", Verdict.CONTRADICTED).build();
    List<ResultDocument> run = List.of(Sample.document("vm", "6.1", List.of(surprising)));
    ComparisonReport.write(new Comparison(new Results(ObservedRecord.empty(), run)), directory);
    assertThat(Files.readString(directory.resolve("comparison.md"))).contains("| odd | ✗ ! |");
    assertThat(Files.readString(directory.resolve("comparison.html")))
        .contains("(expected: upheld)");
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    ComparisonReport.write(comparison, directory.resolve("a"));
    ComparisonReport.write(new Comparison(Sample.results()), directory.resolve("b"));
    for (String name : List.of("comparison.md", "comparison.html")) {
      assertThat(directory.resolve("a").resolve(name))
          .hasSameBinaryContentAs(directory.resolve("b").resolve(name));
    }
  }
}
