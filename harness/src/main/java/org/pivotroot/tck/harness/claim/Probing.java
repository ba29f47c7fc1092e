package org.pivotroot.tck.harness.claim;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.TargetUnavailableException;
import org.pivotroot.tck.harness.task.BrokenTrialException;
import org.pivotroot.tck.harness.task.ContradictionException;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Probe;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Version;

/** Finds out once what a target lacks, in a guest that claims are tried in afterwards. */
final class Probing {
  private final Target target;
  private Set<Feature> lacking;

  Probing(Target target) {
    this.target = target;
  }

  /**
   * What the target lacks or does not show.
   *
   * @throws TargetUnavailableException if it is a kernel of the catalogue and should have it: what
   *     broke there must not pass for what was never there
   */
  synchronized Set<Feature> lacking(GuestPool guests) {
    if (lacking == null) {
      Set<Feature> found = EnumSet.noneOf(Feature.class);
      for (Feature feature : Feature.values()) {
        if (!isThere(feature, guests)) {
          found.add(feature);
        }
      }
      check(found);
      lacking = found;
    }
    return lacking;
  }

  private void check(Set<Feature> found) {
    String unexpected =
        found.stream()
            .filter(this::isExpected)
            .map(Feature::word)
            .collect(Collectors.joining(", "));
    if (target.hasCatalogueKernel() && !unexpected.isEmpty()) {
      throw new TargetUnavailableException(
          target.name()
              + " lacks what every such kernel has: "
              + unexpected
              + "; nothing can be said about claims there before that is explained");
    }
  }

  private boolean isExpected(Feature feature) {
    if (feature.isOptional()) {
      return false;
    }
    Version version = TargetOrder.version(target.description());
    return feature.since().map(Version::of).filter(since -> version.compareTo(since) < 0).isEmpty();
  }

  private boolean isThere(Feature feature, GuestPool guests) {
    GuestPool.Lease lease = guests.takeWarm(target);
    Stage stage = new Stage(lease.guest(), Placement.NAMESPACE, true, Set.of());
    try {
      boolean there = has(feature, stage);
      return guests.giveBack(lease, stage).isEmpty() && there;
    } catch (RuntimeException e) {
      guests.discard(lease); // whatever it did to the guest is not what it should do
      return false;
    }
  }

  private static boolean has(Feature feature, Stage stage) {
    try {
      Probe.tryOn(stage, feature);
      return true;
    } catch (ContradictionException | BrokenTrialException e) {
      return false;
    }
  }
}
