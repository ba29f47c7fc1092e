package org.pivotroot.tck.command;

import org.pivotroot.tck.harness.progress.Progress;

/** Shows a run while it goes on. */
interface RunView {
  /** Takes an event, from several threads. */
  void see(Progress.Event event);

  /** Tells what was done so far, as the run ends early; nothing is shown after that. */
  void interrupted();

  /**
   * Tells what came of it, the unexpected first.
   *
   * @return the exit status that says so
   */
  int end();
}
