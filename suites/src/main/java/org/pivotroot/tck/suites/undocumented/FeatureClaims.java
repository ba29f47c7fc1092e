package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Probe;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.model.observation.ClaimText;

/**
 * What other claims need and every kernel of the catalogue has. Where it is missing they are not
 * applicable, so that one contradiction says it, here.
 */
@Page("undocumented")
class FeatureClaims {

  @Claim(
      id = ClaimText.FEATURES,
      section = "features",
      says = "There is what claims are made with or judged by",
      catches = "an implementation that lacks it, or takes it and does nothing",
      editions = "none",
      userland = true)
  @Columns(
      of = "What targets have and show",
      row = "target",
      value = {
        "mount-ids",
        "propagation-tags",
        "mount-sources",
        "places-of-others",
        "mount-namespace-files",
        "user-namespace-files",
        "namespace-owners",
        "unmount-events",
        "moving",
        "unbindable-mounts",
        "expiry",
        "forced-unmount",
        "detached-trees",
        "mounts-in-steps",
        "pidfds",
        "openat2",
        "ramfs",
        "hugetlbfs",
        "cgroup2"
      })
  void targetHas(Stage stage, String feature) {
    Probe.tryOn(stage, Feature.withId(feature));
  }
}
