package org.pivotroot.tck.harness.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.task.RootMount;

/** The targets of the host that a test runs on; where there are none, the test says why. */
final class HostTargets {
  static final String SERIES = "6.12";

  private HostTargets() {}

  static VmTarget vm() {
    return (VmTarget) only(Targets.of(List.of(SERIES), List.of(Environment.VM)));
  }

  static UmlTarget uml() {
    return (UmlTarget) only(Targets.of(List.of(SERIES), List.of(Environment.UML)));
  }

  static ContainerTarget container() {
    return (ContainerTarget) only(Targets.of(List.of(), List.of(Environment.CONTAINER)));
  }

  /** A guest in which mounts can be pivoted: as claims have it, a VM has left its initramfs. */
  static Guest start(Target target) {
    Guest guest = target.start();
    if (target.hasOwnKernel()) {
      RootMount.enter(guest);
    }
    return guest;
  }

  private static Target only(Targets targets) {
    String reasons =
        targets.unavailable().stream()
            .map(Targets.Unavailable::reason)
            .collect(Collectors.joining("; "));
    assumeTrue(!targets.available().isEmpty(), reasons);
    return targets.available().get(0);
  }
}
