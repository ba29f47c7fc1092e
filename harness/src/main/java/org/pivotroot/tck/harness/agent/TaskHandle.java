package org.pivotroot.tck.harness.agent;

import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A running task, wherever it lives. */
interface TaskHandle {
  TaskPlace place();

  /** Carries the request out on the task and waits for its reply. */
  Reply ask(Request request);

  /** Ends the task and waits until the kernel has let go of it. */
  void end();
}
