package org.pivotroot.tck.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.History;
import org.pivotroot.tck.reports.store.ReportException;

class AcceptanceTest {
  private static final Observation C =
      Sample.observation("c", "ERRORS", Verdict.UPHELD).fact("errno", "EPERM").build();
  private static final Observation OTHER_C =
      Sample.observation("c", "ERRORS", Verdict.UPHELD).fact("errno", "ENOENT").build();
  private static final Observation D = Sample.observation("d", "ERRORS", Verdict.UPHELD).build();

  private static ResultDocument document(String series, Observation... observations) {
    return Sample.document("vm", series, List.of(observations));
  }

  private static ResultDocument partial(ResultDocument document) {
    return new ResultDocument(
        document.schemaVersion(),
        document.target(),
        new ResultDocument.Suite(document.suite().commit(), true),
        document.observations());
  }

  private static final ObservedRecord RECORD =
      Sample.record(List.of(document("6.1", C, D), document("6.2", C, D)));

  private static Acceptance accept(ResultDocument run, String... drop) {
    return new Acceptance(RECORD, List.of(run), List.of(drop));
  }

  @Test
  void sameRunChangesNothing() {
    Acceptance acceptance = accept(document("6.1", C, D));
    assertThat(acceptance.reasons()).isEmpty();
    assertThat(acceptance.accepted()).isEqualTo(RECORD);
  }

  @Test
  void changedClaimsAreListedWithTheirReasons() {
    Acceptance acceptance = accept(document("6.2", OTHER_C, D));
    assertThat(acceptance.reasons()).containsExactly("c: facts on vm 6.2");
    assertThat(acceptance.accepted().claims().get("c").behaviours()).hasSize(2);
  }

  @Test
  void newTargetsAndClaimsAreListed() {
    Observation e = Sample.observation("e", "ERRORS", Verdict.UPHELD).build();
    assertThat(accept(document("6.3", C, D, e)).reasons())
        .containsExactly(
            "c: tried on vm 6.3", "d: tried on vm 6.3", "e: new", "vm 6.3: new target");
  }

  @Test
  void wholeRunDropsWhatTheSuiteHasNoLonger() {
    Acceptance acceptance = accept(document("6.1", C));
    assertThat(acceptance.reasons()).containsExactly("d: gone from the suite");
    assertThat(acceptance.accepted().claims()).containsOnlyKeys("c");
  }

  @Test
  void partialRunDropsNothingButOnRequest() {
    ResultDocument run = partial(document("6.1", C));
    assertThat(accept(run).accepted()).isEqualTo(RECORD);
    assertThat(accept(run, "d").reasons()).containsExactly("d: dropped");
    Acceptance target = accept(run, "vm 6.2");
    assertThat(target.reasons())
        .containsExactly("c: a target is gone", "d: a target is gone", "vm 6.2: target dropped");
    assertThat(target.accepted().target("vm 6.2")).isEmpty();
    assertThatThrownBy(() -> accept(run, "vm 9.9"))
        .isInstanceOf(ReportException.class)
        .hasMessageContainingAll("--drop=vm 9.9", "vm 6.1, vm 6.2");
  }

  @Test
  void containerCannotTellThatAClaimOfAKernelIsGone() {
    Observation root = Sample.document("vm", "6.1").of("kthread-root-moves").orElseThrow();
    ObservedRecord record = Sample.record(List.of(document("6.1", C, root)));
    ResultDocument container = Sample.document("container", "6.1", List.of(C));
    assertThat(new Acceptance(record, List.of(container), List.of()).accepted().claims())
        .containsKeys("c", "kthread-root-moves");
  }

  @Test
  void runOfAnAncestorIsOlder() {
    ResultDocument run = document("6.1", C, D);
    ResultDocument earlier =
        new ResultDocument(
            run.schemaVersion(),
            run.target(),
            new ResultDocument.Suite("abcdef0-dirty"),
            run.observations());
    History ancestor = (one, other) -> Optional.of(one.equals("abcdef0"));
    assertThat(accept(earlier).older(ancestor))
        .containsExactly(
            "vm 6.1: the run's suite, abcdef0-dirty, came before that on record, 0123456789ab");
    assertThat(accept(earlier).older((one, other) -> Optional.empty())).isEmpty();
    assertThat(accept(run).older((one, other) -> Optional.of(true))).isEmpty();
  }
}
