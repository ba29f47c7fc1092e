package org.pivotroot.tck.harness.claim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.RootMount;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/**
 * The guests of a run. A claim that keeps to a mount namespace of its own may have one that served
 * another claim, if it was given back as it had been; every other claim has a fresh one.
 *
 * <p>A target has no more guests of the first kind than claims can be tried on it at once when all
 * targets take part. Where one claim would need another it waits for the guest, which takes a
 * fraction of the time that a new one needs to be as fast.
 */
final class GuestPool implements AutoCloseable {
  private final boolean freshOnly;
  private final int guestsOfTarget;
  private final Map<Target, Warm> warm = new ConcurrentHashMap<>();

  /** The guests of one target that serve one claim after another. */
  private static final class Warm {
    final Semaphore free;

    /** Those that are ready for another claim, the one used last first. */
    final Deque<Lease> idle = new ArrayDeque<>();

    Warm(int guests) {
      free = new Semaphore(guests, true);
    }

    synchronized Optional<Lease> poll() {
      return Optional.ofNullable(idle.pollFirst());
    }

    synchronized void add(Lease lease) {
      idle.addFirst(lease);
    }
  }

  /**
   * An empty pool.
   *
   * @param freshOnly whether no guest may serve two claims
   * @param guestsOfTarget how many guests of one target may serve one claim after another
   */
  GuestPool(boolean freshOnly, int guestsOfTarget) {
    this.freshOnly = freshOnly;
    this.guestsOfTarget = guestsOfTarget;
  }

  /**
   * A guest while one claim has it.
   *
   * @param state what it looked like with nobody in it; empty if it is for one claim only
   */
  record Lease(Target target, Guest guest, Optional<String> state) {}

  /** A guest for a claim. */
  Lease take(Target target, Placement placement) {
    return placement != Placement.NAMESPACE || freshOnly
        ? new Lease(target, start(target, placement), Optional.empty())
        : takeWarm(target);
  }

  /** A guest that keeps to what it looked like with nobody in it, for whoever leaves it so. */
  Lease takeWarm(Target target) {
    Warm guests = of(target);
    guests.free.acquireUninterruptibly();
    try {
      return guests.poll().orElseGet(() -> startShared(target));
    } catch (RuntimeException e) {
      guests.free.release();
      throw e;
    }
  }

  private Warm of(Target target) {
    return warm.computeIfAbsent(target, key -> new Warm(guestsOfTarget));
  }

  private static Lease startShared(Target target) {
    Guest guest = start(target, Placement.NAMESPACE);
    try {
      Request clear = new Request.Clear(List.of());
      String state = guest.ask(clear, Reply.Cleared.class).state();
      return new Lease(target, guest, Optional.of(state));
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }

  private static Guest start(Target target, Placement placement) {
    Guest guest = target.start();
    try {
      if (target.hasOwnKernel() && placement != Placement.INITRAMFS) {
        RootMount.enter(guest);
      }
      return guest;
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }

  /** Throws a guest away that a claim has. */
  void discard(Lease lease) {
    lease.guest().close();
    if (lease.state().isPresent()) {
      of(lease.target()).free.release();
    }
  }

  /**
   * Takes a guest back when a claim is done with its stage there. If that fails it still has to be
   * discarded.
   *
   * @return what the claim has left behind, in words; empty if nothing. Such a guest is thrown
   *     away.
   */
  Optional<String> giveBack(Lease lease, Stage stage) {
    if (lease.state().isEmpty()) {
      stage.complete();
      discard(lease);
      return Optional.empty();
    }
    String before = lease.state().get();
    String after = stage.leave();
    if (!after.equals(before)) {
      discard(lease);
      return Optional.of("before:\n" + before + "after:\n" + after);
    }
    Warm guests = of(lease.target());
    guests.add(lease);
    guests.free.release();
    return Optional.empty();
  }

  @Override
  public void close() {
    warm.values().forEach(guests -> guests.idle.forEach(lease -> lease.guest().close()));
    warm.clear();
  }
}
