package org.pivotroot.tck.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pivotroot.tck.model.record.Samples.claim;
import static org.pivotroot.tck.model.record.Samples.contradicted;
import static org.pivotroot.tck.model.record.Samples.run;
import static org.pivotroot.tck.model.record.Samples.target;
import static org.pivotroot.tck.model.record.Samples.upheld;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Standing;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;

class DifferenceTest {
  private static final Event NOTE = new Event.Noted("one");
  private static final ObservedRecord RECORD =
      ObservedRecord.empty()
          .with(List.of(run("vm 6.1", upheld("a", NOTE), contradicted("b", "it is refused"))));

  private static Observation of(
      String id, Verdict verdict, Decision because, String fact, MountTable after, Event event) {
    return new Observation(
        claim(id),
        verdict,
        because,
        new TreeMap<>(fact == null ? Map.of() : Map.of("errno", fact)),
        Samples.TREE,
        after,
        List.of(),
        event == null ? List.of() : List.of(event));
  }

  static Stream<Arguments> differences() {
    Event other = new Event.Noted("other");
    MountTable gone = new MountTable(List.of());
    return Stream.of(
        Arguments.of(
            Difference.Kind.VERDICT,
            of("a", Verdict.CONTRADICTED, Decision.of("x"), "EPERM", gone, other)),
        Arguments.of(Difference.Kind.FACTS, of("a", Verdict.UPHELD, null, "EPERM", gone, other)),
        Arguments.of(
            Difference.Kind.DECISION,
            of("b", Verdict.CONTRADICTED, Decision.of("it is lost"), null, gone, other)),
        // What a decision says is what counts, not where it stands.
        Arguments.of(
            Difference.Kind.EVENTS,
            of("b", Verdict.CONTRADICTED, Decision.of("it is refused"), null, gone, other)),
        Arguments.of(Difference.Kind.EVENTS, of("a", Verdict.UPHELD, null, null, gone, other)),
        Arguments.of(Difference.Kind.EVENTS, of("a", Verdict.UPHELD, null, null, gone, NOTE)),
        Arguments.of(Difference.Kind.NEW, upheld("c")));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void theGravestIsTold(Difference.Kind kind, Observation seen) {
    assertThat(Difference.of(RECORD, target("vm 6.1"), seen))
        .hasValueSatisfying(
            difference -> {
              assertThat(difference.kind()).isEqualTo(kind);
              assertThat(difference.seen()).isEqualTo(seen);
              assertThat(difference.held()).isEqualTo(RECORD.at(seen.id(), "vm 6.1").orElse(null));
            });
  }

  @Test
  void thereIsNoneWhereNothingDiffers() {
    assertThat(Difference.of(RECORD, target("vm 6.12"), upheld("a", NOTE))).isEmpty();
  }

  @Test
  void whatOneLackedSaysNothingOfAnotherThatHasIt() {
    Observation lacking =
        of("a", Verdict.NOT_APPLICABLE, Decision.of("overlay"), null, Samples.TREE, NOTE);
    ObservedRecord record = ObservedRecord.empty().with(List.of(run("vm 6.1", lacking)));
    assertThat(Difference.of(record, target("vm 6.12"), upheld("a", NOTE)).map(Difference::kind))
        .contains(Difference.Kind.NEW);
    assertThat(Difference.of(record, target("vm 6.12"), lacking)).isEmpty();
    assertThat(Difference.of(record, target("vm 6.1"), upheld("a", NOTE)).map(Difference::kind))
        .contains(Difference.Kind.VERDICT);
  }

  @Test
  void behaviourIsAllButWhatWasAskedOtherwise() {
    assertThat(Difference.Kind.values())
        .filteredOn(Difference.Kind::isBehaviour)
        .doesNotContain(Difference.Kind.EVENTS, Difference.Kind.NEW)
        .hasSize(5);
  }

  static Stream<Arguments> partings() {
    Event chroot =
        new Event.Called("S", Call.of(Syscall.CHROOT, Value.text("/a")), new Result.Returned(0));
    Event refused =
        new Event.Called("S", Call.of(Syscall.CHROOT, Value.text("/a")), new Result.Failed(2));
    Event chdir =
        new Event.Called("S", Call.of(Syscall.CHDIR, Value.text("/a")), new Result.Returned(0));
    Event look = new Event.Looked("S", new Sight.Root(new FileId(1, 1, 1)));
    Event otherLook = new Event.Looked("S", new Sight.Root(new FileId(1, 2, 1)));
    Event lookOfOther = new Event.Looked("T", new Sight.Root(new FileId(1, 1, 1)));
    Event run = new Event.Ran("S", List.of("pwd"), "", 0, "/", "");
    Event otherRun = new Event.Ran("S", List.of("pwd"), "", 1, "", "pwd: lost");
    return Stream.of(
        Arguments.of(chroot, refused, Difference.Kind.ANSWER),
        Arguments.of(chroot, chdir, Difference.Kind.EVENTS),
        Arguments.of(look, otherLook, Difference.Kind.ANSWER),
        Arguments.of(look, lookOfOther, Difference.Kind.EVENTS),
        Arguments.of(run, otherRun, Difference.Kind.ANSWER),
        Arguments.of(run, look, Difference.Kind.EVENTS));
  }

  @ParameterizedTest
  @MethodSource("partings")
  void anotherAnswerToTheSameQuestionIsBehaviour(Event held, Event seen, Difference.Kind kind) {
    ObservedRecord record = ObservedRecord.empty().with(List.of(run("vm 6.1", upheld("a", held))));
    Difference difference =
        Difference.of(record, target("vm 6.1"), upheld("a", seen)).orElseThrow();
    assertThat(difference.kind()).isEqualTo(kind);
    assertThat(difference.lines()).hasSize(2).element(1).asString().startsWith("+ ");
  }

  @Test
  void aContainerIsAsItsHostHappensToBe() {
    Event look = new Event.Looked("S", new Sight.Root(new FileId(1, 1, 1)));
    Event other = new Event.Looked("S", new Sight.Root(new FileId(1, 2, 1)));
    ObservedRecord record =
        ObservedRecord.empty().with(List.of(run("container 6.1", upheld("a", look))));
    assertThat(Difference.of(record, target("container 6.1"), upheld("a", other)))
        .hasValueSatisfying(
            difference -> assertThat(difference.kind()).isEqualTo(Difference.Kind.EVENTS));
  }

  @Test
  void whereItEndedIsBehaviourOnceThatIsOnRecord() {
    ObservedRecord record =
        ObservedRecord.empty().with(List.of(run("vm 6.1", ended(new FileId(1, 1, 1)))));
    assertThat(Difference.of(record, target("vm 6.1"), ended(new FileId(1, 1, 1)))).isEmpty();
    assertThat(Difference.of(record, target("vm 6.1"), ended(new FileId(1, 2, 1))))
        .hasValueSatisfying(
            difference -> assertThat(difference.kind()).isEqualTo(Difference.Kind.END));
    assertThat(Difference.of(RECORD, target("vm 6.1"), ended(new FileId(1, 1, 1))))
        .hasValueSatisfying(
            difference -> assertThat(difference.kind()).isEqualTo(Difference.Kind.EVENTS));
  }

  private static Observation ended(FileId cwd) {
    return new Observation(
        claim("a"),
        Verdict.UPHELD,
        null,
        new TreeMap<>(),
        Samples.TREE,
        null,
        List.of(new Standing("S", new FileId(1, 1, 1), cwd, 1, null)),
        List.of(NOTE));
  }

  @Test
  void aRunIsHeldToTheRecordTargetByTarget() {
    assertThat(
            Difference.of(
                RECORD,
                List.of(run("vm 6.1", upheld("a", NOTE)), run("vm 7.2", upheld("a"), upheld("b")))))
        .extracting(difference -> difference.target().name() + " " + difference.kind())
        .containsExactly("vm 7.2 EVENTS", "vm 7.2 VERDICT");
  }
}
