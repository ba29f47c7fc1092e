package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.ENOENT;

import java.util.List;
import java.util.function.Supplier;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Journal;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** The place where something is to be mounted (do_lock_mount() in fs/namespace.c). */
final class Lock implements Journal {
  private static final String CITES = "do_lock_mount() in fs/namespace.c";

  static final Procedure<Lock> PROCEDURE =
      Procedure.<Lock>of("the place to mount on")
          .find(
              "what is mounted in the place already, its top, is where to mount",
              List.of(),
              Lock::find)
          .check(
              Rule.of("lock.removed", ENOENT, "the directory to mount on was removed", CITES),
              lock -> lock.target().node().removed)
          .check(
              Rule.of(
                      "lock.unmounted",
                      ENOENT,
                      "what is to be mounted on is not attached to a namespace",
                      CITES)
                  .since(Switch.LOCK_NEEDS_MOUNTED),
              lock -> lock.lookedUp.get().mount().namespace == null);

  private final State state;
  private final Supplier<Place> looksUp;
  private final boolean beneath;
  private final Found<Place> lookedUp = new Found<>();
  private final Found<Place> target = new Found<>();

  /**
   * A place to mount on.
   *
   * @param looksUp the place that was looked up, once it was
   * @param beneath whether it is exactly that, and not what is mounted there
   */
  Lock(State state, boolean beneath, Supplier<Place> looksUp) {
    this.state = state;
    this.beneath = beneath;
    this.looksUp = looksUp;
  }

  private void find() {
    Place place = looksUp.get();
    lookedUp.is(place);
    Mount there = beneath ? null : place.mount().childAt(place.node());
    target.is(there == null ? place : there.top().place());
  }

  Place target() {
    return target.get();
  }

  @Override
  public Kernel kernel() {
    return state.kernel();
  }

  @Override
  public void met(Clause clause) {
    state.met(clause);
  }
}
