package org.pivotroot.tck.harness.environment;

import org.pivotroot.tck.model.observation.ResultDocument;

/** Where claims are tried: an environment with a kernel, which gives as many guests as wanted. */
public interface Target {
  /** For people, such as {@code vm 6.1} or {@code container 6.8}. */
  String name();

  /** What results say about the target. */
  ResultDocument.Target description();

  /**
   * Whether each guest has a kernel to itself, and with it the initial mount namespace, the rootfs
   * and the kernel threads.
   */
  boolean hasOwnKernel();

  /**
   * Whether the kernel is one of the catalogue's. Those are known to have all that claims need; one
   * that somebody configured may lack something.
   */
  boolean hasCatalogueKernel();

  /**
   * A fresh guest, nobody's before. The caller closes it.
   *
   * @throws TargetUnavailableException if none can be had here
   */
  Guest start();
}
