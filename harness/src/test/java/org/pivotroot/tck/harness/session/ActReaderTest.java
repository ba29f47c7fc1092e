package org.pivotroot.tck.harness.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.transcript.Strace;
import org.pivotroot.tck.model.transcript.SyntaxException;

class ActReaderTest {
  private static Act read(String line) {
    return new ActReader(List.of("S", "P")).read(line).orElseThrow();
  }

  private static Act starts(String task, Event.How how, String... command) {
    return new Act.Starts(task, "Q", how, List.of(command));
  }

  @Test
  void callsAreReadInBothNotations() {
    for (String line :
        List.of("P pivot_root . .", "P: pivot_root(\".\", \".\") = -1 EINVAL (Invalid argument)")) {
      Act.Calls calls = (Act.Calls) read(line);
      assertThat(calls.task()).isEqualTo("P");
      assertThat(Strace.call(calls.call())).isEqualTo("pivot_root(\".\", \".\")");
    }
  }

  @Test
  void tasksBegin() {
    assertThat(read("task Q")).isEqualTo(starts("S", Event.How.THREAD));
    assertThat(read("P clone Q")).isEqualTo(starts("P", Event.How.THREAD));
    assertThat(read("P clone Q CLONE_FS")).isEqualTo(starts("P", Event.How.THREAD_SHARING_FS));
    assertThat(read("P process Q unshare --user"))
        .isEqualTo(starts("P", Event.How.PROCESS, "unshare", "--user"));
  }

  /** What a transcript makes of the start of a task, a program and an end is read back. */
  @Test
  void transcriptsAreReadBack() {
    for (Event.How how : Event.How.values()) {
      List<String> command =
          how == Event.How.PROCESS ? List.of("unshare", "--user", "a b") : List.of();
      Event event = new Event.Started("P", "Q", how, command);
      assertThat(read(Strace.of(event))).isEqualTo(new Act.Starts("P", "Q", how, command));
    }
    Event ran = new Event.Ran("P", List.of("ls", "-l", "/a b"), "", 2, "out", "err");
    assertThat(read(Strace.of(ran))).isEqualTo(new Act.Runs("P", List.of("ls", "-l", "/a b")));
    assertThat(read(Strace.of(new Event.Ended("P")))).isEqualTo(new Act.Ends("P"));
  }

  @Test
  void looksAndEnds() {
    assertThat(read("tree")).isEqualTo(new Act.Looks("S"));
    assertThat(read("tree P")).isEqualTo(new Act.Looks("P"));
    assertThat(read("P tree")).isEqualTo(new Act.Looks("P"));
    assertThat(read("P exit")).isEqualTo(new Act.Ends("P"));
    assertThat(new ActReader(List.of("S")).read("  # nothing")).isEmpty();
    assertThat(new ActReader(List.of("S")).read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X chroot / -> there is no task X, only S, P; type task X",
        "chroot -> this is no line such as S pivot_root",
        "task P -> there is a task P already",
        "task a-b -> a-b is no name for a task",
        "S process -> there is no call process",
        "tree X -> there is no task X",
        "S chroot -> chroot: path is missing"
      })
  void whatMeansNothingIsSaid(String lineAndMessage) {
    String[] both = lineAndMessage.split(" -> ", 2);
    assertThatThrownBy(() -> read(both[0]))
        .isInstanceOf(SyntaxException.class)
        .hasMessageStartingWith(both[1]);
  }
}
