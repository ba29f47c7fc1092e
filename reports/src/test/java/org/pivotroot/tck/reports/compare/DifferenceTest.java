package org.pivotroot.tck.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.Results;

class DifferenceTest {
  private static final Observation SEEN =
      Sample.observation("c", "ERRORS", Verdict.UPHELD)
          .fact("errno", "EPERM")
          .calls("S: a() = 0", "S: b() = 0")
          .build();

  private static Results run(Observation... observations) {
    return new Results(List.of(Sample.document("vm", "6.1", List.of(observations))));
  }

  private static Difference difference(Observation is) {
    return Difference.between(run(SEEN), run(is));
  }

  @Test
  void sameIsNoDifference() {
    assertThat(difference(SEEN).claims()).isEmpty();
    assertThat(DifferenceText.of(difference(SEEN)))
        .isEqualTo(
            "New run against reports/observed: 0 changed verdicts, reasons or facts, 0 changed"
                + " transcripts only, 0 new claims, 0 new kernels.\n");
  }

  @Test
  void narrowRunIsNoDifference() {
    Observation other = Sample.observation("d", "ERRORS", Verdict.UPHELD).build();
    assertThat(Difference.between(run(SEEN, other), run(SEEN)).claims()).isEmpty();
  }

  @Test
  void changedVerdictFails() {
    Difference difference =
        difference(
            Sample.observation("c", "ERRORS", Verdict.CONTRADICTED)
                .fact("errno", "EPERM")
                .calls("S: a() = 0", "S: b() = 0")
                .build());
    assertThat(difference.changesBehaviour()).isTrue();
    assertThat(DifferenceText.of(difference))
        .contains("  vm-6.1.0-1-amd64 c:\n    verdict: upheld -> contradicted (S: call() = 0 where")
        .contains("./tck accept");
  }

  @Test
  void changedFactFails() {
    Difference difference =
        difference(
            Sample.observation("c", "ERRORS", Verdict.UPHELD)
                .fact("errno", "ENOENT")
                .calls("S: a() = 0", "S: b() = 0")
                .build());
    assertThat(difference.changesBehaviour()).isTrue();
    assertThat(DifferenceText.of(difference)).contains("    fact errno: EPERM -> ENOENT\n");
  }

  @Test
  void contradictedAtAnotherCallFails() {
    Observation before =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("S: a() = -1").build();
    Observation after =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("S: b() = -1").build();
    Difference difference = Difference.between(run(before), run(after));
    assertThat(difference.changesBehaviour()).isTrue();
    assertThat(DifferenceText.of(difference)).contains("    because: S: a() = -1 -> S: b() = -1\n");
  }

  @Test
  void changedTranscriptIsOnlyReported() {
    Difference difference =
        difference(
            Sample.observation("c", "ERRORS", Verdict.UPHELD)
                .fact("errno", "EPERM")
                .calls("S: a() = 0", "S: c() = 0")
                .build());
    assertThat(difference.changesBehaviour()).isFalse();
    assertThat(DifferenceText.of(difference))
        .contains("1 changed transcripts only")
        .contains("    - S: b() = 0\n    + S: c() = 0\n")
        .doesNotContain("S: a()");
  }

  @Test
  void newKernelsAndClaimsAreReportedAsNew() {
    Observation other = Sample.observation("d", "ERRORS", Verdict.UPHELD).build();
    Results run =
        new Results(
            List.of(
                Sample.document("vm", "6.1", List.of(SEEN, other)),
                Sample.document("vm", "6.2", List.of(SEEN))));
    Difference difference = Difference.between(run(SEEN), run);
    assertThat(difference.changesBehaviour()).isFalse();
    assertThat(DifferenceText.of(difference))
        .contains("1 new claims, 1 new kernels")
        .contains("  new kernels: vm-6.2.0-1-amd64\n")
        .contains("  vm-6.1.0-1-amd64: new claims: d\n");
  }

  @Test
  void noRunIsSaid() {
    assertThat(DifferenceText.of(Difference.between(run(SEEN), new Results(List.of()))))
        .contains("there is no new run");
  }

  @Test
  void linesAreMatched() {
    assertThat(LineDiff.of(List.of("a", "b", "c"), List.of("b", "x", "c")))
        .containsExactly(
            new LineDiff.Line(LineDiff.Side.LEFT, "a"),
            new LineDiff.Line(LineDiff.Side.BOTH, "b"),
            new LineDiff.Line(LineDiff.Side.RIGHT, "x"),
            new LineDiff.Line(LineDiff.Side.BOTH, "c"));
  }
}
