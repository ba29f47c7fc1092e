package org.pivotroot.tck.harness.task;

import java.util.Objects;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/**
 * Whether two things that a trial has seen are one. Where that hangs on what the target does not
 * show, there is no answer.
 */
final class Identity {
  private Identity() {}

  /**
   * Whether both are the same.
   *
   * @throws NotApplicableException if the target does not show it
   */
  static boolean same(Object one, Object other) {
    if (one instanceof FileId place && other instanceof FileId there) {
      return place.sameFile(there) && sameMount(place, there);
    }
    if (one instanceof View view && other instanceof View later) {
      return view.namespace() == later.namespace()
          && view.mounts().equals(later.mounts())
          && view.tree().equals(later.tree())
          && same(view.root(), later.root())
          && same(view.cwd(), later.cwd());
    }
    return Objects.equals(one, other);
  }

  /**
   * Whether both are in one mount.
   *
   * @throws NotApplicableException if the target does not show it
   */
  static boolean sameMount(FileId one, FileId other) {
    return one.device() == other.device() && known(one.mount()) == known(other.mount());
  }

  /**
   * The ID of a mount.
   *
   * @throws NotApplicableException if the target did not show it
   */
  static long known(long mount) {
    if (mount == FileId.UNKNOWN) {
      throw new NotApplicableException(Feature.MOUNT_IDS.word());
    }
    return mount;
  }
}
