package org.pivotroot.tck.harness.explore;

import java.util.List;
import org.pivotroot.tck.harness.environment.AgentFailedException;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.task.Playing;
import org.pivotroot.tck.harness.task.RootMount;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Generator;
import org.pivotroot.tck.model.scenario.Scenario;

/** A guest of a target in which scenarios are played; another one when it was lost. */
final class Subject implements AutoCloseable {
  private final Target target;
  private Guest guest;
  private String state;

  Subject(Target target) {
    this.target = target;
  }

  private Guest guest() {
    if (guest == null) {
      guest = target.start();
      if (target.hasOwnKernel()) {
        RootMount.enter(guest);
      }
      // What is loaded and started once is not what scenarios leave behind.
      Playing.digests(guest, List.of(Generator.warmUp()));
      state = state();
    }
    return guest;
  }

  private String state() {
    return guest.ask(new Request.Clear(List.of()), Reply.Cleared.class).state();
  }

  /**
   * The digests of scenarios.
   *
   * @throws org.pivotroot.tck.harness.environment.GuestLostException if one of them ended the guest
   * @throws LeftoverException if they have left something behind
   */
  List<Long> digests(List<Scenario> scenarios) {
    List<Long> digests;
    try {
      digests = Playing.digests(guest(), scenarios);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    if (digests.size() != scenarios.size()) {
      close();
      throw new AgentFailedException(
          "the agent gave " + digests.size() + " digests of " + scenarios.size() + " scenarios");
    }
    String after = state();
    if (!after.equals(state)) {
      String before = state;
      close();
      throw new LeftoverException("before:\n" + before + "after:\n" + after);
    }
    return digests;
  }

  /** All that is to be seen of a scenario. */
  List<Event> events(Scenario scenario) {
    try {
      return Playing.events(guest(), List.of(scenario)).get(0);
    } catch (RuntimeException e) {
      close();
      throw e;
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
