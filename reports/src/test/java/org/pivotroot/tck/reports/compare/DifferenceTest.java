package org.pivotroot.tck.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.Difference;
import org.pivotroot.tck.model.record.LineDiff;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.Sample;

class DifferenceTest {
  private static final Observation SEEN =
      Sample.observation("c", "ERRORS", Verdict.UPHELD)
          .fact("errno", "EPERM")
          .events(Sample.mkdir("/a"), Sample.mkdir("/b"))
          .build();

  private static List<ResultDocument> run(Observation... observations) {
    return List.of(Sample.document("vm", "6.1", List.of(observations)));
  }

  private static String text(List<ResultDocument> before, List<ResultDocument> run) {
    ObservedRecord record = Sample.record(before);
    return DifferenceText.of(record, run, Difference.of(record, run));
  }

  private static String text(Observation is) {
    return text(run(SEEN), run(is));
  }

  @Test
  void sameIsNoDifference() {
    assertThat(text(SEEN))
        .isEqualTo(
            "New run against the record: 0 changed verdicts, facts, answers or ends, 0 other"
                + " transcripts, 0 not on record, 0 new targets.\n");
  }

  @Test
  void narrowRunIsNoDifference() {
    Observation other = Sample.observation("d", "ERRORS", Verdict.UPHELD).build();
    assertThat(text(run(SEEN, other), run(SEEN))).isEqualTo(text(SEEN));
  }

  @Test
  void changedVerdictSaysWhy() {
    assertThat(
            text(
                Sample.observation("c", "ERRORS", Verdict.CONTRADICTED)
                    .fact("errno", "EPERM")
                    .build()))
        .contains("  c on vm 6.1: verdict\n    verdict: upheld -> contradicted (a call succeeds")
        .contains("./tck accept");
  }

  @Test
  void changedFactIsNamed() {
    assertThat(
            text(Sample.observation("c", "ERRORS", Verdict.UPHELD).fact("errno", "ENOENT").build()))
        .contains("    fact errno: EPERM -> ENOENT\n");
  }

  @Test
  void contradictedAtAnotherCallIsAChange() {
    Observation before =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("at a").build();
    Observation after =
        Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).because("at b").build();
    assertThat(text(run(before), run(after))).contains("1 changed", "    because: at a -> at b\n");
  }

  @Test
  void changedTranscriptIsOnlyReported() {
    assertThat(
            text(
                Sample.observation("c", "ERRORS", Verdict.UPHELD)
                    .fact("errno", "EPERM")
                    .events(Sample.mkdir("/a"), Sample.mkdir("/c"))
                    .build()))
        .contains("0 changed verdicts, facts, answers or ends, 1 other transcripts")
        .contains("    - S: mkdir(\"/b\", 0755) = 0\n    + S: mkdir(\"/c\", 0755) = 0\n")
        .doesNotContain("S: mkdir(\"/a\"");
  }

  @Test
  void whatIsTheSameOnSeveralTargetsIsSaidOnce() {
    Observation is =
        Sample.observation("c", "ERRORS", Verdict.UPHELD).fact("errno", "ENOENT").build();
    List<ResultDocument> before =
        List.of(
            Sample.document("vm", "6.1", List.of(SEEN)),
            Sample.document("vm", "6.2", List.of(SEEN)));
    List<ResultDocument> after =
        List.of(
            Sample.document("vm", "6.1", List.of(is)), Sample.document("vm", "6.2", List.of(is)));
    assertThat(text(before, after)).contains("2 changed", "  c on vm 6.1 to 6.2: facts\n");
  }

  @Test
  void newTargetIsHeldToItsNeighbour() {
    Observation other = Sample.observation("d", "ERRORS", Verdict.UPHELD).build();
    Observation contradicted = Sample.observation("c", "ERRORS", Verdict.CONTRADICTED).build();
    List<ResultDocument> run =
        List.of(
            Sample.document("vm", "6.1", List.of(SEEN, other)),
            Sample.document("vm", "6.2", List.of(contradicted)));
    assertThat(text(run(SEEN), run))
        .contains("1 changed", "1 not on record, 1 new targets")
        .contains("  new targets, held to the nearest version on record: vm 6.2\n")
        .contains("  d on vm 6.1: not on record\n")
        .contains("  c on vm 6.2: verdict\n");
  }

  @Test
  void noRunIsSaid() {
    assertThat(text(run(SEEN), List.of())).contains("there is no new run");
  }

  @Test
  void linesAreMatched() {
    assertThat(LineDiff.of(List.of("a", "b", "c"), List.of("b", "x", "c")))
        .containsExactly(
            new LineDiff.Line(LineDiff.Side.LEFT, "a"),
            new LineDiff.Line(LineDiff.Side.BOTH, "b"),
            new LineDiff.Line(LineDiff.Side.RIGHT, "x"),
            new LineDiff.Line(LineDiff.Side.BOTH, "c"));
    assertThat(
            SideBySide.signs(
                SideBySide.of(List.of("a", "b", "c", "d", "z"), List.of("b", "c", "x", "z"))))
        .isEqualTo("<==|=");
  }
}
