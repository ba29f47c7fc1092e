package org.pivotroot.tck.harness.task;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A mount table as one task sees it, in the kernel's order.
 *
 * @param mounts the mounts within the task's root
 */
public record MountTable(List<Mount> mounts) {

  static MountTable parse(byte[] mountinfo) {
    return new MountTable(
        new String(mountinfo, StandardCharsets.UTF_8).lines().map(Mount::parse).toList());
  }

  /** The mount at a mount point; where several are stacked, the one that none of them is on. */
  public Optional<Mount> at(String point) {
    List<Mount> there = mounts.stream().filter(mount -> mount.point().equals(point)).toList();
    return there.stream()
        .filter(mount -> there.stream().noneMatch(other -> isOn(other, mount)))
        .reduce((a, b) -> b);
  }

  /** The first mount of a namespace can be its own parent. */
  private static boolean isOn(Mount upper, Mount lower) {
    return upper.parent() == lower.id() && upper.id() != lower.id();
  }

  /** The mount with an ID. */
  public Optional<Mount> withId(long id) {
    return mounts.stream().filter(mount -> mount.id() == id).findFirst();
  }
}
