package org.pivotroot.tck.harness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Scenario;

/**
 * A scenario that goes otherwise than was foretold may give a task descriptors of another process,
 * whose numbers are those of descriptors that the agent works with.
 */
@Timeout(300)
class ForeignDescriptorIT {
  private static final Event START =
      new Event.Started("S", "U", Event.How.PROCESS, Event.Started.UNSHARE);

  private static Event open(String task) {
    Call call =
        Call.of(Syscall.OPENAT, workingDirectory(), text("/"), flags(OpenFlag.O_RDONLY), number(0));
    return new Event.Called(task, call, new Result.Unanswered());
  }

  private static Event close(String task, int descriptor) {
    Call call = Call.of(Syscall.CLOSE, new Descriptor(descriptor));
    return new Event.Called(task, call, new Result.Unanswered());
  }

  @Test
  void isNoneOfTheCallers() {
    Target target = Targets.of(List.of("7.3"), Set.of(Environment.VM)).available().get(0);
    List<Event> acts = List.of(START, open("U"), close("S", 1), open("S"), close("U", 2));
    Scenario foreign = new Scenario("foreign", acts);
    List<Event> own = List.of(START, open("U"), close("U", 1), open("S"), close("S", 2));
    try (Subject subject = new Subject(target)) {
      assertThat(closings(subject, foreign))
          .containsExactly(
              new Result.Failed(Errno.EBADF.number()), new Result.Failed(Errno.EBADF.number()));
      assertThat(closings(subject, new Scenario("own", own)))
          .containsExactly(new Result.Returned(0), new Result.Returned(0));
      assertThat(subject.digests(List.of(foreign, foreign))).hasSize(2);
    }
  }

  private static List<Result> closings(Subject subject, Scenario scenario) {
    return subject.events(scenario).stream()
        .filter(Event.Called.class::isInstance)
        .map(Event.Called.class::cast)
        .filter(called -> called.call().callee() == Syscall.CLOSE)
        .map(Event.Called::result)
        .toList();
  }
}
