package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.pivotroot.tck.harness.environment.FakeGuest;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.RecordStore;

/** The way of a claim through JUnit, with targets that have no kernel. */
class ClaimExtensionTest {
  private static Run.Plan plan;
  private static FakeTarget leaking;

  @TempDir Path observed;
  @TempDir Path results;
  private final FakeTarget vm = new FakeTarget("vm");
  private final FakeTarget container = new FakeTarget("container");

  static final class Planned implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Run.begin(context, plan);
    }
  }

  @Page("pivot_root(2)")
  @ExtendWith(Planned.class)
  static class SampleClaims {
    @Claim(id = "sample-upheld", section = "X", says = "ours", catches = "none")
    void upheld(Stage stage) {
      stage.fact("name", "value");
    }

    @Claim(id = "sample-contradicted", section = "X", says = "ours", catches = "none")
    @Contradicted(from = "6.0", because = "known since 6.0", commit = "mnt: do otherwise")
    void contradicted(Stage stage) {
      stage.check(false, "it does otherwise");
    }

    @Claim(id = "sample-wrong", section = "X", says = "ours", catches = "none")
    void wrong(Stage stage) {
      stage.check(false, "it does otherwise");
    }

    @Claim(id = "sample-broken", section = "X", says = "ours", catches = "none")
    void broken(Stage stage) {
      throw new AssertionError("a body may use assertions");
    }

    @Claim(id = "sample-leaking", section = "X", says = "ours", catches = "none")
    void leaks(Stage stage) {
      leaking.state = "root /left";
    }

    @Claim(id = "sample-needing", section = "X", says = "ours", catches = "none")
    @Needs({Feature.OPENAT2, Feature.EXPIRY})
    void needs(Stage stage) {
      stage.check(false, "the body is run");
    }

    @Claim(
        id = "sample-initramfs",
        section = "X",
        says = "ours",
        catches = "none",
        in = Placement.INITRAMFS)
    void onInitramfs(Stage stage) {
      stage.check(true, "");
    }
  }

  @BeforeEach
  void takeTheContainerForLeaks() {
    leaking = container;
  }

  private Events run(String claims, Targets targets, String... more) {
    Properties properties = new Properties();
    properties.setProperty("claims", claims);
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    plan =
        new Run.Plan(
            () -> Selection.of(name -> Optional.ofNullable(properties.getProperty(name))),
            selection -> targets,
            observed,
            results,
            () -> "unknown");
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(SampleClaims.class))
        .execute()
        .allEvents();
  }

  private Targets both() {
    return new Targets(List.of(vm, container), List.of());
  }

  private Observation observed(String target, String claim) throws IOException {
    return new ResultStore(results)
        .read().stream()
            .filter(document -> document.name().equals(target + " 6.12"))
            .flatMap(document -> document.of(claim).stream())
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aClaimIsOneTestForEachTargetAndGreenIfAsExpected() throws IOException {
    Events events = run("sample-upheld,sample-contradicted", both());
    assertThat(events.succeeded().filter(e -> e.getTestDescriptor().isTest())).hasSize(4);
    events
        .assertThatEvents()
        .haveExactly(1, event(displayName("sample-upheld [vm 6.12]"), finishedSuccessfully()));
    assertThat(observed("vm", "sample-upheld").verdict()).isEqualTo(Verdict.UPHELD);
    assertThat(observed("vm", "sample-upheld").facts()).containsEntry("name", "value");
    assertThat(observed("container", "sample-contradicted").reason())
        .isEqualTo("it does otherwise");
    assertThat(vm.started).allMatch(FakeGuest::isClosed);
  }

  @Test
  void anotherVerdictThanExpectedIsRed() {
    run("sample-wrong", both())
        .assertThatEvents()
        .haveExactly(
            2,
            event(
                finishedWithFailure(
                    message(
                        text ->
                            text.contains(
                                "is contradicted: it does otherwise\n  where upheld is expected\n")))));
  }

  /** Puts a run on record, in which a claim was contradicted for this reason. */
  private void accept(String claim, String because) throws IOException {
    run(claim, both());
    List<ResultDocument> documents =
        new ResultStore(results)
            .read().stream().map(document -> contradicted(document, because)).toList();
    new RecordStore(observed).write(ObservedRecord.empty().with(documents));
  }

  private static ResultDocument contradicted(ResultDocument document, String because) {
    List<Observation> observations =
        document.observations().stream()
            .map(
                seen ->
                    new Observation(
                        seen.claim(),
                        Verdict.CONTRADICTED,
                        Decision.of(because),
                        seen.facts(),
                        seen.before(),
                        seen.after(),
                        seen.end(),
                        seen.events()))
            .toList();
    return new ResultDocument(
        document.schemaVersion(), document.target(), document.suite(), observations);
  }

  @Test
  void whatIsOnRecordIsWhatATargetIsHeldTo() throws IOException {
    accept("sample-wrong", "it does otherwise");
    assertThat(run("sample-wrong", both()).failed().count()).isZero();
    accept("sample-upheld", "it did otherwise");
    run("sample-upheld", both())
        .assertThatEvents()
        .haveExactly(
            2,
            event(
                finishedWithFailure(
                    message(
                        text ->
                            text.contains(
                                " is upheld\n  where contradicted is expected, as on record for"
                                    + " vm 6.12, container 6.12: it did otherwise\n")))));
  }

  @Test
  void aContradictionForAnotherReasonIsRed() throws IOException {
    accept("sample-contradicted", "it is refused");
    run("sample-contradicted", both())
        .assertThatEvents()
        .haveExactly(
            2,
            event(
                finishedWithFailure(
                    message(
                        text ->
                            text.contains(
                                    " is contradicted: it does otherwise\n  where contradicted is"
                                        + " expected, as on record for vm 6.12, container 6.12:"
                                        + " it is refused\n")
                                && text.contains(
                                    "  explained by: known since 6.0 (mnt: do otherwise)\n")))));
  }

  @Test
  void aBodyThatBreaksIsInconclusiveAndItsGuestThrownAway() throws IOException {
    run("sample-broken", both());
    assertThat(observed("vm", "sample-broken").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(observed("vm", "sample-broken").reason()).contains("a body may use assertions");
    assertThat(vm.started).allMatch(FakeGuest::isClosed);
  }

  @Test
  void aClaimThatLeavesTheGuestChangedIsNamed() throws IOException {
    run("sample-leaking", new Targets(List.of(container), List.of()))
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    message(
                        text ->
                            text.startsWith("sample-leaking on container 6.12 is inconclusive")
                                && text.contains("the claim left the guest changed")))));
    assertThat(container.started).allMatch(FakeGuest::isClosed);
  }

  @Test
  void whatTheTargetLacksIsNamedAndTheBodyNotRun() throws IOException {
    assertThat(run("sample-needing", both()).failed().count()).isZero();
    assertThat(observed("vm", "sample-needing").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(observed("vm", "sample-needing").reason()).isEqualTo("openat2(2)");
    assertThat(observed("vm", "sample-needing").events()).isEmpty();
  }

  @Test
  void aKernelOfTheCatalogueLacksNothingThatItsVersionHas() {
    vm.ofCatalogue = true;
    run("sample-upheld", new Targets(List.of(vm), List.of()))
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    message(
                        text ->
                            text.contains("vm 6.12 lacks what every such kernel has: mount IDs")
                                && text.contains("listmount(2)")
                                && !text.contains("UNSHARE_EMPTY_MNTNS")))));
  }

  @Test
  void aFilterThatMatchesNothingIsOneFailure() {
    assertThat(run("no-such-claim", both()).failed().count()).isEqualTo(1);
  }

  @Test
  void claimsThatNoTargetCanCarryAreAFailure() {
    run("sample-initramfs", new Targets(List.of(container), List.of()))
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    message(
                        text -> text.contains("sample-initramfs") && text.contains("-Dtargets")))));
  }

  @Test
  void aTargetThatCannotRunIsSaidOnce() {
    Targets some =
        new Targets(List.of(container), List.of(new Targets.Unavailable("vm", "install QEMU")));
    assertThat(run("sample-upheld,sample-contradicted", some).aborted().count()).isEqualTo(1);
    assertThat(run("sample-upheld", some, "unavailable", "error").failed().count()).isEqualTo(1);
  }
}
