package org.pivotroot.tck.harness.environment;

import java.util.Locale;

/** How an implementation is brought up. */
public enum Environment {
  /** QEMU. */
  VM,
  /** A container on the host's kernel. */
  CONTAINER,
  /** User-mode Linux. */
  UML,
  /** runsc. */
  GVISOR;

  /** The word used on the command line and in result documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
