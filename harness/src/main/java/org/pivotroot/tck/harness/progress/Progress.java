package org.pivotroot.tck.harness.progress;

import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.Difference;

/**
 * What happens in the run of this process. JUnit makes the objects of a run by itself, so that who
 * watches it cannot be handed to them: there is one watcher for the process.
 */
public final class Progress {
  private static volatile Watcher watcher = event -> {};

  private Progress() {}

  /** Takes events, from several threads at once. */
  public interface Watcher {
    void see(Event event);
  }

  /** From now on this watcher is told, and no other. */
  public static void watch(Watcher other) {
    watcher = other;
  }

  /** Tells the watcher. */
  public static void tell(Event event) {
    watcher.see(event);
  }

  /** Something that happened. */
  public sealed interface Event {}

  /** These targets are there, and these claims will be tried on each. */
  public record Planned(List<Plan> plans) implements Event {}

  /**
   * What will be done on a target.
   *
   * @param claims their ids
   */
  public record Plan(String target, List<String> claims) {}

  /** Nothing can be tried on such targets here. */
  public record Unavailable(String name, String reason) implements Event {}

  /** A target is busy with something that takes long, in words such as {@code booting}. */
  public record Busy(String target, String with) implements Event {}

  /**
   * A claim was tried.
   *
   * @param difference from what the target is held to
   * @param asExpected whether that is no more than the record or the claim itself explains
   */
  public record Tried(
      ResultDocument.Target target,
      Observation observation,
      Optional<Difference> difference,
      boolean asExpected)
      implements Event {}
}
