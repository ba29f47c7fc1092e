package org.pivotroot.tck.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pivotroot.tck.model.record.Samples.contradicted;
import static org.pivotroot.tck.model.record.Samples.run;
import static org.pivotroot.tck.model.record.Samples.target;
import static org.pivotroot.tck.model.record.Samples.upheld;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;

class ObservedRecordTest {
  private static final ResultDocument OLD = run("vm 6.1", upheld("a"), upheld("b"));
  private static final ResultDocument MIDDLE = run("vm 6.12", upheld("a"), contradicted("b", "x"));
  private static final ResultDocument NEW = run("vm 7.2", contradicted("a", "x"), upheld("b"));
  private static final ObservedRecord RECORD =
      ObservedRecord.empty().with(List.of(NEW, OLD, MIDDLE));

  private static List<List<String>> groups(ObservedRecord record, String claim) {
    return record.claims().get(claim).behaviours().stream().map(Behaviour::targets).toList();
  }

  @Test
  void whatTargetsDidAlikeIsOneBehaviour() {
    assertThat(RECORD.targets())
        .extracting(TargetRecord::name)
        .containsExactly("vm 6.1", "vm 6.12", "vm 7.2");
    assertThat(groups(RECORD, "a"))
        .containsExactly(List.of("vm 6.1", "vm 6.12"), List.of("vm 7.2"));
    assertThat(groups(RECORD, "b"))
        .containsExactly(List.of("vm 6.1", "vm 7.2"), List.of("vm 6.12"));
  }

  @Test
  void nothingOfWhatWasSeenIsLost() {
    assertThat(RECORD.documents()).containsExactly(OLD, MIDDLE, NEW);
  }

  @Test
  void behavioursThatDifferInTheirEventsAloneAreTwo() {
    ResultDocument other = run("vm 6.1", upheld("a", new Event.Noted("otherwise")));
    assertThat(groups(RECORD.with(List.of(other)), "a"))
        .containsExactly(List.of("vm 6.1"), List.of("vm 6.12"), List.of("vm 7.2"));
  }

  @Test
  void aRunReplacesWhatItTriedAndNoMore() {
    ObservedRecord later = RECORD.with(List.of(run("later", "vm 6.12", upheld("b"), upheld("c"))));
    assertThat(groups(later, "a")).isEqualTo(groups(RECORD, "a"));
    assertThat(groups(later, "b")).containsExactly(List.of("vm 6.1", "vm 6.12", "vm 7.2"));
    assertThat(groups(later, "c")).containsExactly(List.of("vm 6.12"));
    assertThat(later.targets())
        .extracting(known -> known.suite().commit())
        .containsExactly("c0ffee", "later", "c0ffee");
    assertThat(later.differsFrom(RECORD)).containsExactly("b", "c");
  }

  @Test
  void aRunThatShowsTheSameChangesNoClaim() {
    assertThat(RECORD.with(List.of(MIDDLE))).isEqualTo(RECORD);
    assertThat(RECORD.with(List.of(MIDDLE)).differsFrom(RECORD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "vm 6.12, upheld", // itself
    "vm 7.1, upheld", // newest that is not newer
    "vm 7.3, contradicted",
    "vm 5.10, upheld", // oldest
    "container 7.2, contradicted", // no container on record, but that Linux
    "uml 6.18, upheld"
  })
  void aTargetIsHeldToTheNearestVersion(String target, String verdict) {
    assertThat(RECORD.nearest("a", target(target)))
        .hasValueSatisfying(held -> assertThat(held.verdict().word()).isEqualTo(verdict));
  }

  @Test
  void anotherImplementationIsNotHeldToLinux() {
    assertThat(RECORD.nearest("a", target("gvisor 20240729"))).isEmpty();
    ObservedRecord both = RECORD.with(List.of(run("gvisor 20240729", contradicted("a", "y"))));
    assertThat(both.nearest("a", target("gvisor 20250101"))).map(Behaviour::reason).contains("y");
    assertThat(both.nearest("a", target("vm 6.12")))
        .map(Behaviour::verdict)
        .contains(Verdict.UPHELD);
  }

  @Test
  void thatVeryVersionInAMachineIsNearerThanAnotherOfItsKind() {
    ObservedRecord more = RECORD.with(List.of(run("uml 7.1", upheld("a"))));
    assertThat(more.nearest("a", target("uml 7.2"))).isEqualTo(more.at("a", "vm 7.2"));
    assertThat(more.nearest("a", target("uml 7.3"))).isEqualTo(more.at("a", "uml 7.1"));
  }

  @Test
  void whatAKernelHasIsThatOfItsKind() {
    String feature = ClaimText.FEATURES + ".ramfs";
    ObservedRecord more =
        RECORD.with(
            List.of(run("uml 7.1", contradicted(feature, "x")), run("vm 7.2", upheld(feature))));
    assertThat(more.nearest(feature, target("uml 7.2"))).isEqualTo(more.at(feature, "uml 7.1"));
  }

  @Test
  void theNearestIsOneOnWhichTheClaimWasTried() {
    ObservedRecord more = RECORD.with(List.of(run("vm 7.1", upheld("c"))));
    assertThat(more.nearest("a", target("vm 7.1"))).isEqualTo(more.at("a", "vm 6.12"));
    assertThat(more.nearest("unheard-of", target("vm 7.1"))).isEmpty();
  }

  @Test
  void whatIsGoneIsDropped() {
    ObservedRecord kept = RECORD.only(List.of("a"), List.of("vm 7.2", "vm 6.12"));
    assertThat(kept.targets()).extracting(TargetRecord::name).containsExactly("vm 6.12", "vm 7.2");
    assertThat(kept.claims()).containsOnlyKeys("a");
    assertThat(groups(kept, "a")).containsExactly(List.of("vm 6.12"), List.of("vm 7.2"));
    assertThat(RECORD.only(List.of("a"), List.of("vm 8.0")).claims()).isEmpty();
    assertThat(RECORD.only(List.of("a", "b"), List.of("vm 6.1", "vm 6.12", "vm 7.2")))
        .isEqualTo(RECORD);
  }

  @Test
  void aKernelIsKnownByItsFileAndTheEnvironment() {
    ResultDocument.Target tried = ofFile("uml 7.2", "c0ffee");
    ObservedRecord record =
        ObservedRecord.empty()
            .with(
                List.of(
                    new ResultDocument(
                        ResultDocument.SCHEMA_VERSION, tried, OLD.suite(), OLD.observations())));
    assertThat(record.hasKernelOf(tried)).isTrue();
    assertThat(record.hasKernelOf(ofFile("uml 7.2", "0ff1ce"))).isFalse();
    assertThat(record.hasKernelOf(ofFile("vm 7.2", "c0ffee"))).isFalse();
    assertThat(RECORD.hasKernelOf(target("vm 7.2"))).isFalse();
  }

  private static ResultDocument.Target ofFile(String name, String sha256) {
    ResultDocument.Target target = target(name);
    return new ResultDocument.Target(
        target.environment(),
        target.version(),
        new ResultDocument.Kernel(target.version() + ".0", "#1", target.version(), "", "", sha256),
        null,
        "none",
        "0",
        new TreeMap<>());
  }
}
