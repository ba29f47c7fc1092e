package org.pivotroot.tck.harness.session;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.event.Event;

/** Something that a typed line has a task do. */
public sealed interface Act {
  /** Who does it. */
  String task();

  /** A call. */
  record Calls(String task, Call call) implements Act {}

  /** The start of another task. */
  record Starts(String task, String other, Event.How how, List<String> command) implements Act {
    public Starts {
      command = List.copyOf(command);
    }
  }

  /** A program run to its end. */
  record Runs(String task, List<String> command) implements Act {
    public Runs {
      command = List.copyOf(command);
    }
  }

  /** The end of a task. */
  record Ends(String task) implements Act {}

  /** A look at the mount tree around a task. */
  record Looks(String task) implements Act {}
}
