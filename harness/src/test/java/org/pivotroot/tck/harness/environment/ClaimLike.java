package org.pivotroot.tck.harness.environment;

import java.util.Set;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.UmountFlag;

/** A trial that does all kinds of things which a host must not notice. */
final class ClaimLike {
  private ClaimLike() {}

  static void tryOn(Guest guest) {
    Stage stage = new Stage(guest, Placement.NAMESPACE, true, Set.of());
    Task s = stage.task("S");
    Task p = stage.taskInOtherNamespace("P");
    s.mkdir("/new/jail").succeeds();
    s.bind("/usr", "/new/jail").succeeds();
    s.propagation("/", MountFlag.MS_REC, MountFlag.MS_SHARED).succeeds();
    s.propagation("/", MountFlag.MS_REC, MountFlag.MS_PRIVATE).succeeds();
    s.pivotRoot("/", "/new/old").fails(Errno.EBUSY);
    s.pivotRoot("/new", "/new/old").succeeds();
    s.umount("/old", UmountFlag.MNT_DETACH).succeeds();
    p.chroot("/new").succeeds();
    stage.finish();
  }
}
