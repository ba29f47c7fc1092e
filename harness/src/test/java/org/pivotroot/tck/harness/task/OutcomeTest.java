package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.environment.FakeGuest;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.GuestLostException;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.transcript.Strace;

/** What makes a claim upheld, contradicted or broken. */
class OutcomeTest {
  private final FakeKernel kernel = new FakeKernel();
  private final Stage stage = new Stage(kernel.guest(), Placement.NAMESPACE, false, Set.of());
  private final Task s = stage.task("S");

  private static List<String> transcript(Stage stage) {
    return Strace.of(stage.events());
  }

  /** Fails with ENOENT. */
  private Outcome<Void> failing() {
    return s.chdir("/absent");
  }

  private static void breaks(Runnable step) {
    assertThatThrownBy(step::run)
        .isInstanceOf(BrokenTrialException.class)
        .hasMessageContaining("S: chdir(\"/absent\") = -1 ENOENT (No such file or directory)");
  }

  /** Nothing is done after a failure, though it shows only when an answer is needed. */
  private void breaksBefore(Runnable next) {
    failing();
    next.run();
    breaks(stage::finish);
    assertThat(transcript(stage)).last(STRING).startsWith("S: chdir(\"/absent\") = -1");
  }

  @Test
  void aFailureThatNobodyAskedAboutBreaksTheTrialBeforeTheNextCall() {
    breaksBefore(() -> s.chdir("/new"));
    assertThat(kernel.cwds).containsEntry("S", FakeKernel.ROOT);
  }

  @Test
  void orBeforeTheNextLook() {
    breaksBefore(s::cwd);
  }

  @Test
  void orBeforeTheNextTask() {
    breaksBefore(() -> stage.task("P"));
    assertThat(kernel.roots).containsOnlyKeys("S");
  }

  @Test
  void orBeforeTheEndOfATask() {
    breaksBefore(s::exit);
  }

  @Test
  void orBeforeTheNextProgram() {
    breaksBefore(() -> s.run("pwd"));
  }

  @Test
  void orAtOnceIfTheCallWasMade() {
    failing();
    assertThat(transcript(stage)).isEmpty();
    breaks(() -> stage.fact("x", "y"));
    breaks(() -> s.chdir("/new"));
  }

  @Test
  void orAtTheEnd() {
    failing();
    breaks(stage::finish);
  }

  @Test
  void orWhenItsValueIsWanted() {
    breaksAtStat(() -> s.stat("/absent").value());
  }

  private static void breaksAtStat(Runnable step) {
    assertThatThrownBy(step::run)
        .isInstanceOf(BrokenTrialException.class)
        .hasMessageContaining(
            "statx(AT_FDCWD, \"/absent\", 0, STATX_BASIC_STATS|STATX_MNT_ID, buf) = -1 ENOENT");
  }

  @Test
  void aFailureHasNoValueEvenIfItWasAskedAbout() {
    Outcome<FileId> outcome = s.stat("/absent");
    assertThat(outcome.verdict()).isEqualTo("ENOENT");
    breaksAtStat(outcome::value);
  }

  @Test
  void aFailureThatNobodyAskedAboutComesBeforeWhateverIsClaimedNext() {
    Outcome<FileId> earlier = s.stat("/new");
    failing();
    breaks(() -> earlier.is(null));
    breaks(() -> earlier.isNot(earlier.value()));
    breaks(() -> earlier.fails());
    breaks(() -> earlier.fails(Errno.EBUSY));
    breaks(() -> stage.check(false, "otherwise"));
    breaks(() -> stage.notApplicable("lacking"));
    breaks(() -> stage.fact("x", "y"));
  }

  @Test
  void aFailureThatWasAskedAboutIsNoTrouble() {
    failing().fails(Errno.ENOENT);
    failing().fails();
    assertThat(failing().verdict()).isEqualTo("ENOENT");
    assertThat(failing().failedWith(Errno.EBUSY)).isFalse();
    assertThat(failing().failedWith(Errno.ENOENT)).isTrue();
    stage.finish();
    assertThat(transcript(stage)).hasSize(6);
  }

  private static void contradicts(Runnable step, String message) {
    assertThatThrownBy(step::run)
        .isInstanceOf(ContradictionException.class)
        .hasMessageEndingWith(message);
  }

  @Test
  void whatIsClaimedIsComparedWithWhatWasReturned() {
    contradicts(() -> failing().succeeds(), "where success is claimed");
    contradicts(() -> failing().fails(Errno.EBUSY), "where EBUSY is claimed");
    contradicts(() -> s.chdir("/new").fails(Errno.EBUSY), "= 0 where EBUSY is claimed");
    contradicts(() -> s.chdir("/new").fails(), "= 0 where failure is claimed");
    contradicts(() -> s.getcwd().is("/x"), "getcwd(\"/new\", 8192) = 0 where /x is claimed");
    contradicts(
        () -> s.getcwd().isNot("/new"),
        "getcwd(\"/new\", 8192) = 0 where something else is claimed");
    contradicts(() -> s.stat("/absent").is(null), "where success is claimed");
    contradicts(() -> s.stat("/absent").isNot(null), "where success is claimed");
    contradicts(() -> stage.check(false, "otherwise"), "otherwise");
    s.chdir("/new").succeeds();
    s.getcwd().is("/new");
    s.getcwd().isNot("/x");
    stage.check(true, "otherwise");
    stage.finish();
  }

  @Test
  void aTraceOfAFailureContradictsEvenAnyErrno() {
    FakeKernel traces =
        new FakeKernel() {
          @Override
          Returned pivotRoot(String task, String newRoot, String putOld) {
            cwds.put(task, NEW);
            return failure(EBUSY);
          }
        };
    Stage there = new Stage(traces.guest(), Placement.NAMESPACE, false, Set.of());
    Task t = there.task("T");
    contradicts(() -> t.pivotRoot("/", "/new/old").fails(), "but it changed cwd of T");
  }

  @Test
  void aFailureToSetTheSceneBreaksTheTrial() {
    FakeKernel poor =
        new FakeKernel() {
          @Override
          Reply answer(Request request) {
            return request instanceof Request.Invoke
                ? new Reply.Results(List.of(success(), failure(1)))
                : super.answer(request);
          }
        };
    Stage there = new Stage(poor.guest(), Placement.NAMESPACE, false, Set.of());
    Task t = there.task("T");
    t.chdir("/new");
    assertThatThrownBy(there::finish)
        .isInstanceOf(BrokenTrialException.class)
        .hasMessage(
            "setting the scene failed at mount(\"none\", \"/\", \"\", MS_REC|MS_PRIVATE, NULL)"
                + " = -1 EPERM (Operation not permitted)");
  }

  @Test
  void transcriptsNameWhatVariesFromBootToBoot() {
    s.stat("/new");
    s.stat("/");
    stage.fact("where", s.stat("/new").value());
    s.run("pwd", "-P");
    s.runWithInput("two words\n", "pwd");
    stage.finish();
    assertThat(transcript(stage))
        .endsWith(
            "S: statx(AT_FDCWD, \"/new\", 0, STATX_BASIC_STATS|STATX_MNT_ID,"
                + " {dev#2, inode#1, mount#3}) = 0",
            "S: statx(AT_FDCWD, \"/\", 0, STATX_BASIC_STATS|STATX_MNT_ID,"
                + " {dev#1, inode#2, mount#1}) = 0",
            "S: statx(AT_FDCWD, \"/new\", 0, STATX_BASIC_STATS|STATX_MNT_ID,"
                + " {dev#2, inode#1, mount#3}) = 0",
            "# fact where: {dev#2, inode#1, mount#3}",
            "S: $ pwd -P = 3, output \"pwd -P\"",
            "S: $ printf %s 'two words\n' | pwd = 3, output \"pwd\"");
    assertThat(stage.facts()).containsExactly(Map.entry("where", "{dev#2, inode#1, mount#3}"));
  }

  @Test
  void whatNeedsNoAnswerInBetweenTravelsTogether() {
    List<Request> asked = new ArrayList<>();
    Guest counting =
        new FakeGuest(
                request -> {
                  asked.add(request);
                  return Optional.of(kernel.answer(request));
                })
            .guest();
    Stage there = new Stage(counting, Placement.NAMESPACE, false, Set.of());
    Task t = there.task("T");
    t.mkdir("/tmp");
    Outcome<Void> entered = t.chdir("/tmp");
    assertThat(asked).isEmpty();
    entered.succeeds();
    assertThat(asked).hasSize(5); // start, layout, look, mkdir, chdir
  }

  @Test
  void callsOfWhichNoAnswerCameAreShownAsUnfinished() {
    Guest lost =
        new FakeGuest(
                request ->
                    request instanceof Request.Watch
                        ? Optional.empty()
                        : Optional.of(kernel.answer(request)))
            .guest(Duration.ofSeconds(1));
    Stage there = new Stage(lost, Placement.NAMESPACE, false, Set.of());
    Task t = there.task("T");
    t.getcwd().is("/");
    t.chdir("/new");
    assertThatThrownBy(() -> t.pivotRoot(".", ".").succeeds())
        .isInstanceOf(GuestLostException.class);
    assertThat(transcript(there))
        .endsWith(
            "T: getcwd(\"/\", 8192) = 0",
            "T: chdir(\"/new\") = ?",
            "T: pivot_root(\".\", \".\") = ?");
  }

  @Test
  void aContradictionNamesTheEventThatDecided() {
    Outcome<Void> decides = failing();
    assertThatThrownBy(decides::succeeds)
        .isInstanceOfSatisfying(
            ContradictionException.class,
            contradiction -> {
              Decision decision = contradiction.decision();
              assertThat(decision.text()).isEqualTo("where success is claimed");
              assertThat(decision.event()).isEqualTo(stage.events().size() - 1);
              assertThat(contradiction).hasMessage(decision.in(stage.events()));
            });
  }

  @Test
  void whatACheckSaysIsPutIntoWordsOnlyWhenItFails() {
    List<String> asked = new ArrayList<>();
    stage.check(true, () -> asked.add("once") ? "x" : "y");
    assertThat(asked).isEmpty();
    contradicts(() -> stage.check(false, () -> asked.add("once") ? "x" : "y"), "x");
    assertThat(asked).containsExactly("once");
  }

  @Test
  void theTreeIsSeenBeforeAndAfter() {
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.complete();
    assertThat(stage.before().mounts()).extracting(Mount::point).containsExactly("/", "/new");
    assertThat(stage.after().mounts()).extracting(Mount::point).containsExactly("/", "/old");
    assertThat(stage.after().mounts()).extracting(Mount::id).containsExactly(3L, 1L);
  }

  @Test
  void noTreeIsSeenWithoutATask() {
    Stage empty = new Stage(kernel.guest(), Placement.ROOT, false, Set.of());
    empty.complete();
    assertThat(empty.before()).isNull();
    assertThat(empty.after()).isNull();
  }
}
