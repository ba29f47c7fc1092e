package org.pivotroot.tck.harness.claim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.harness.target.Guest;
import org.pivotroot.tck.harness.target.Target;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.RootMount;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/**
 * The guests of a run. A claim that keeps to a mount namespace of its own may have one that served
 * another claim, if it was given back as it had been; every other claim has a fresh one.
 */
final class GuestPool implements AutoCloseable {
  private final boolean freshOnly;
  private final int idleLimit;

  /** Guests that are ready for another claim, the longest unused first. */
  private final Deque<Lease> idle = new ArrayDeque<>();

  /**
   * An empty pool.
   *
   * @param freshOnly whether no guest may serve two claims
   * @param idleLimit how many guests may wait for another claim
   */
  GuestPool(boolean freshOnly, int idleLimit) {
    this.freshOnly = freshOnly;
    this.idleLimit = idleLimit;
  }

  /**
   * A guest while one claim has it.
   *
   * @param state what it looked like with nobody in it; empty if it is for one claim only
   */
  record Lease(Target target, Guest guest, Optional<String> state) {}

  /** A guest for a claim. */
  Lease take(Target target, Placement placement) {
    boolean shared = placement == Placement.NAMESPACE && !freshOnly;
    return (shared ? takeIdle(target) : Optional.<Lease>empty())
        .orElseGet(() -> start(target, placement, shared));
  }

  private synchronized Optional<Lease> takeIdle(Target target) {
    for (Iterator<Lease> each = idle.iterator(); each.hasNext(); ) {
      Lease lease = each.next();
      if (lease.target().equals(target)) {
        each.remove();
        return Optional.of(lease);
      }
    }
    return Optional.empty();
  }

  private static Lease start(Target target, Placement placement, boolean shared) {
    Guest guest = target.start();
    try {
      if (target.hasOwnKernel() && placement != Placement.INITRAMFS) {
        RootMount.enter(guest);
      }
      return new Lease(
          target, guest, shared ? Optional.of(clear(guest, List.of())) : Optional.empty());
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }

  private static String clear(Guest guest, List<Long> descriptors) {
    return guest.ask(new Request.Clear(descriptors), Reply.Cleared.class).state();
  }

  /** Throws a guest away. */
  void discard(Lease lease) {
    lease.guest().close();
  }

  /**
   * Takes a guest back, after its tasks have been ended.
   *
   * @param descriptors what the claim has opened
   * @return what the claim has left behind, in words; empty if nothing. Such a guest is thrown
   *     away.
   */
  Optional<String> giveBack(Lease lease, List<Long> descriptors) {
    if (lease.state().isEmpty()) {
      discard(lease);
      return Optional.empty();
    }
    String before = lease.state().get();
    String after;
    try {
      after = clear(lease.guest(), descriptors);
    } catch (RuntimeException e) {
      discard(lease);
      throw e;
    }
    if (!after.equals(before)) {
      discard(lease);
      return Optional.of("before:\n" + before + "after:\n" + after);
    }
    keep(lease);
    return Optional.empty();
  }

  private synchronized void keep(Lease lease) {
    idle.addLast(lease);
    if (idle.size() > idleLimit) {
      discard(idle.removeFirst());
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(this::discard);
    idle.clear();
  }
}
