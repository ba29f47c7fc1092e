package org.pivotroot.tck.harness.session;

import java.util.Set;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.RootMount;
import org.pivotroot.tck.harness.task.Stage;

/** Where a session plays: on a target, in a guest that serves until something has changed it. */
public final class Ground implements AutoCloseable {
  private final Target target;
  private final Setting setting;
  private Guest guest;

  /** On a target. */
  public Ground(Target target, Setting setting) {
    this.target = target;
    this.setting = setting;
  }

  /** The target. */
  public Target target() {
    return target;
  }

  Setting setting() {
    return setting;
  }

  /** A stage on which nothing has happened. */
  Stage fresh() {
    if (guest == null) {
      guest = target.start();
      if (target.hasOwnKernel() && setting.placement() != Placement.INITRAMFS) {
        RootMount.enter(guest);
      }
    }
    return new Stage(guest, setting.placement(), setting.userland(), Set.of());
  }

  /** A stage is done with. What it left of the initial namespace of a guest is not fresh. */
  void leave(Stage stage) {
    if (setting.placement() != Placement.NAMESPACE || !isLeft(stage)) {
      close();
    }
  }

  private static boolean isLeft(Stage stage) {
    try {
      stage.leave();
      return true;
    } catch (RuntimeException e) {
      // It is lost, and another one will do as well.
      return false;
    }
  }

  @Override
  public void close() {
    if (guest != null) {
      guest.close();
      guest = null;
    }
  }
}
