package org.pivotroot.tck.harness.task;

/** Where in a guest a claim is tried. */
public enum Placement {
  /**
   * In a mount namespace of its own, in a guest that serves one claim after another. The root is a
   * tmpfs, a second one is mounted on /new, and /new/old is a directory.
   */
  NAMESPACE,
  /** In the initial mount namespace of a fresh VM whose root is a tmpfs mounted by its init. */
  ROOT,
  /** In the initial mount namespace of a fresh VM that still runs on the initramfs. */
  INITRAMFS;

  /** The word used in result documents and on the guest's kernel command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
