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

  /** The mount at a mount point; where several are stacked, the topmost. */
  public Optional<Mount> at(String point) {
    return mounts.stream().filter(mount -> mount.point().equals(point)).reduce((a, b) -> b);
  }

  /** The mount with an ID. */
  public Optional<Mount> withId(long id) {
    return mounts.stream().filter(mount -> mount.id() == id).findFirst();
  }
}
