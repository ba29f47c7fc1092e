package org.pivotroot.tck.model.observation;

import java.util.List;

/**
 * The mount tree of the namespace that a claim was about, seen from the namespace's own root, in
 * the kernel's order.
 *
 * @param before after the preparation, before the call that the claim is about
 * @param after when the claim had been tried
 */
public record Topology(List<MountEntry> before, List<MountEntry> after) {

  /**
   * A line of mountinfo with stable names for what varies from boot to boot. The same name means
   * the same thing before and after, and in the transcript.
   *
   * @param mount the mount, such as {@code mount#1}
   * @param parent the mount that it is mounted on; one that is not in the list for the topmost
   * @param point mount point, seen from the namespace's root
   * @param type file system type
   * @param device device of its file system, such as {@code dev#1}
   * @param root directory of that file system that is the root of the mount
   * @param options per-mount options, separated by commas
   * @param propagation optional fields, such as {@code shared:peers#1}; empty for a private mount
   */
  public record MountEntry(
      String mount,
      String parent,
      String point,
      String type,
      String device,
      String root,
      String options,
      List<String> propagation) {}
}
