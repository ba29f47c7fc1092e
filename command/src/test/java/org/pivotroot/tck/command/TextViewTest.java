package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;

class TextViewTest {
  private static final ResultDocument.Target TARGET =
      new ResultDocument.Target(
          "vm",
          "7.3",
          new ResultDocument.Kernel("7.3.4", "#1 SMP", "7.3", null, null, "0"),
          "tcg",
          "QEMU 10",
          "0",
          new TreeMap<>());

  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  private static Progress.Tried tried(String id, boolean asExpected) {
    ClaimText claim =
        new ClaimText(
            id, "pivot_root(2)", "NOTES", "all", "It is so", "namespace", false, List.of());
    Observation seen =
        new Observation(
            claim,
            asExpected ? Verdict.UPHELD : Verdict.CONTRADICTED,
            asExpected ? null : Decision.of("it was not"),
            new TreeMap<>(),
            null,
            null,
            List.of(),
            List.of());
    return new Progress.Tried(TARGET, seen, Optional.empty(), asExpected);
  }

  private TextView view(boolean colours) {
    TextView view = new TextView(out, Optional.of(new Screen(out, 40, colours)), Durations.none());
    view.see(new Progress.Planned(List.of(new Progress.Plan("vm 7.3", List.of("a", "b")))));
    return view;
  }

  @Test
  void aTerminalIsDrawnOnAndItsWidthHeeded() {
    TextView view = view(false);
    view.see(tried("a", true));
    view.see(tried("b", false));
    assertThat(view.end()).isEqualTo(Tck.DIFFERS);
    assertThat(written.toString()).contains("\033[2Kvm 7.3").doesNotContain("\033[31m");
    assertThat(written.toString().split("b on vm 7.3", 2)[0].lines())
        .allSatisfy(line -> assertThat(line.replaceAll("\033\\[\\w+", "")).hasSizeLessThan(41));
    assertThat(written.toString())
        .contains("b on vm 7.3: contradicted: it was not", "tck show b --on 'vm 7.3'");
  }

  @Test
  void whatDiffersStrikesTheEye() {
    TextView view = view(true);
    view.see(tried("b", false));
    view.end();
    assertThat(written.toString()).contains("\033[31mvm 7.3");
  }

  @Test
  void withoutATerminalThereAreLinesAndNothingElse() {
    TextView view = new TextView(out, Optional.empty(), Durations.none());
    view.see(new Progress.Planned(List.of(new Progress.Plan("vm 7.3", List.of("a")))));
    view.see(new Progress.Busy("vm 7.3", "booting"));
    view.see(tried("a", true));
    assertThat(view.end()).isZero();
    assertThat(written.toString())
        .startsWith("vm 7.3: booting\nvm 7.3: 1 upheld; all as on record\n")
        .doesNotContain("\033");
  }

  @Test
  void interruptedItSaysWhatWasDone() {
    TextView view = new TextView(out, Optional.empty(), Durations.none());
    view.see(new Progress.Planned(List.of(new Progress.Plan("vm 7.3", List.of("a", "b")))));
    view.see(tried("a", false));
    view.interrupted();
    assertThat(written.toString())
        .contains("interrupted: 1 claims were tried, 1 of them not as on record");
  }

  @Test
  void timeLeftIsToldByHowFastTheRunIs() {
    Durations before = Durations.none();
    before.put("vm 7.3", "a", 1000);
    before.put("vm 7.3", "b", 3000);
    Tally tally = new Tally(new Progress.Plan("vm 7.3", List.of("a", "b")));
    TimeLeft left = new TimeLeft(before);
    assertThat(left.of(List.of(tally), 0)).isEmpty();
    tally.add(tried("a", true));
    assertThat(left.of(List.of(tally), 10)).isEqualTo("about 30 s left");
    assertThat(left.of(List.of(tally), 60)).isEqualTo("about 3 min left");
    assertThat(left.of(List.of(tally), 1)).isEqualTo("a few seconds left");
    tally.add(tried("b", true));
    assertThat(left.of(List.of(tally), 10)).isEmpty();
    assertThat(new TimeLeft(Durations.none()).of(List.of(tally), 10)).isEmpty();
  }
}
