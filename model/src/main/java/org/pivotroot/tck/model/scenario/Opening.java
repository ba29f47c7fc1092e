package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.Value.text;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.Stage;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Kernel;

/** What the first task does before each scenario, so that there is something to speak of. */
public final class Opening {
  /** The first task. */
  public static final String TASK = "S";

  /** Where it begins. */
  public static final Stage STAGE = Stage.SCENARIO;

  /** The calls, which all succeed. */
  public static final List<Call> CALLS =
      List.of(
          Calls.mkdir("/a"),
          Calls.mkdir("/a/b"),
          Calls.mkdir("/b"),
          Calls.mkdir("/new/b"),
          Calls.mknod("/f"),
          Call.of(Syscall.SYMLINK, text("/new"), text("/l")));

  /** The calls as events. */
  public static final List<Event> EVENTS =
      CALLS.stream()
          .<Event>map(call -> new Event.Called(TASK, call, new Result.Returned(0)))
          .toList();

  private Opening() {}

  /** What is so when a scenario begins. */
  public static State state(Kernel kernel) {
    State state = Specification.initial(kernel, STAGE, TASK);
    for (Call call : CALLS) {
      state = Specification.step(state, TASK, call).state();
    }
    return state;
  }
}
