package org.pivotroot.tck.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.transcript.CallReader;

class ForetellingTest {
  private final Foretelling foretelling =
      Foretelling.of(Optional.of("7.3"), new Setting(Placement.NAMESPACE, false));

  private Foretelling.Opinion of(String call, Result result) {
    return foretelling.of(new Event.Called("S", CallReader.of(call, List.of("S")), result));
  }

  private static Result failed(Errno errno) {
    return new Result.Failed(errno.number());
  }

  @Test
  void aFailureHasItsChecksInOrder() {
    assertThat(of("mkdir /x", new Result.Returned(0))).isEqualTo(Foretelling.Opinion.NONE);
    assertThat(of("pivot_root /x /new", failed(Errno.EBUSY)).refusing())
        .extracting(Rule::id)
        .startsWith("pivot_root.busy", "pivot_root.new-root-not-mount-point");
    assertThat(of("pivot_root /new /new/old", new Result.Returned(0)).refusing()).isEmpty();
    assertThat(of("chdir /old/x", new Result.Returned(0))).isEqualTo(Foretelling.Opinion.NONE);
  }

  @Test
  void whoeverDisagreesIsHeardOnce() {
    assertThat(of("pivot_root /new /new/old", failed(Errno.EINVAL)).otherwise())
        .isEqualTo("success");
    assertThat(of("chdir /", new Result.Returned(0)).silent())
        .isEqualTo("it said otherwise before: success");
  }

  @Test
  void ofSomeThingsItDoesNotSpeak() {
    assertThat(of("mount proc /new proc", new Result.Returned(0)).silent())
        .contains("file systems other than tmpfs");
    assertThat(
            Foretelling.of(Optional.empty(), new Setting(Placement.NAMESPACE, false))
                .of(new Event.Noted("x"))
                .silent())
        .isEqualTo("it speaks of Linux alone");
  }
}
