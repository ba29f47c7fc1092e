package org.pivotroot.tck.model.look;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A mount table as one task sees it, in the kernel's order.
 *
 * @param mounts the mounts within the task's root
 */
public record MountTable(@JsonValue List<Mount> mounts) {

  /** A table of these mounts. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MountTable {
    mounts = List.copyOf(mounts);
  }

  /** Reads the text of a mountinfo file. */
  public static MountTable parse(String mountinfo) {
    return new MountTable(mountinfo.lines().map(Mount::parse).toList());
  }

  /** The mount at a mount point; where several are stacked, the one that none of them is on. */
  public Optional<Mount> at(String point) {
    List<Mount> there = mounts.stream().filter(mount -> mount.point().equals(point)).toList();
    return there.stream()
        .filter(mount -> there.stream().noneMatch(other -> other.isOn(mount)))
        .reduce((a, b) -> b);
  }

  /** The mount with an ID. */
  public Optional<Mount> withId(long id) {
    return mounts.stream().filter(mount -> mount.id() == id).findFirst();
  }

  /** A line each, where all numbers are names. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    mounts.forEach(mount -> text.append("\n    ").append(mount));
    return text.toString();
  }
}
