package org.pivotroot.tck.harness.environment;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** What a guest runs on: a virtual machine or a container, with a channel to the agent in it. */
interface Machine extends AutoCloseable {
  /** What the agent says. Ends when the machine does. */
  InputStream fromAgent();

  OutputStream toAgent();

  /** Bytes that may be on the way to the agent while it has not answered those before. */
  default int mostUnanswered() {
    return Integer.MAX_VALUE;
  }

  /** All that the kernel and the guest's programs have printed so far, kept as evidence. */
  String console();

  /**
   * What the host did to the machine, if that ended it; empty if the guest ended it, if it was
   * closed, or if it runs.
   */
  default Optional<String> hostFault() {
    return Optional.empty();
  }

  /** Ends the machine at once and waits until nothing of it is left. May be called twice. */
  @Override
  void close();
}
