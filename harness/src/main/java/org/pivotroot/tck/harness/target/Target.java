package org.pivotroot.tck.harness.target;

import org.pivotroot.tck.harness.result.ResultDocument;

/** Where claims are tried: an environment with a kernel, which gives as many guests as wanted. */
public sealed interface Target permits VmTarget, ContainerTarget {
  /** For people, such as {@code vm 6.1} or {@code container 6.8}. */
  String name();

  /** What results say about the target. */
  ResultDocument.Target description();

  /**
   * A fresh guest, nobody's before. The caller closes it.
   *
   * @throws TargetUnavailableException if none can be had here
   */
  Guest start();
}
