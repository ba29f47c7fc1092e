package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetOrderTest {
  private static ResultDocument.Target target(
      String environment, String version, String release, String packaged) {
    return new ResultDocument.Target(
        environment,
        version,
        new ResultDocument.Kernel(release, "#1", "x", "linux", packaged, null),
        null,
        "none",
        "0",
        new TreeMap<>());
  }

  @Test
  void byEnvironmentAndThenByTheMostExactVersion() {
    List<ResultDocument.Target> ascending =
        List.of(
            target("vm", "6.1", "6.1.0-50-amd64", "6.1.170-1"),
            target("vm", "6.12", "6.12.118", null),
            target("vm", "7.2", "7.2.0-amd64", "7.2.13-1"),
            target("vm", "7.2-rt", "7.2.0-rt-amd64", "7.2.13-1"),
            target("uml", "6.1", "6.1.176", "6.1um4+b13"),
            target("uml", "6.12", "6.12.113", "6.12um1+b22"),
            target("container", "6.18", "6.18.44", null),
            target("gvisor", "20240729", "4.4.0", "20240729.0-1"),
            target("other", "1", "1", null));
    List<ResultDocument.Target> sorted = new ArrayList<>(ascending);
    Collections.reverse(sorted);
    sorted.sort(new TargetOrder());
    assertThat(sorted).isEqualTo(ascending);
  }

  @Test
  void aPackageThatTellsNoPointReleaseLeavesThatToTheKernel() {
    assertThat(TargetOrder.version(target("uml", "7.2", "7.2.7", "7.2um1")))
        .isGreaterThan(Version.of("7.2.6"));
    assertThat(TargetOrder.version(target("gvisor", "20240729", "20240729.0", "0.0~20240729.0-4")))
        .isEqualTo(Version.of("20240729.0"));
  }

  @Test
  void aPointReleaseIsTheSameHoweverItWasPackaged() {
    ResultDocument.Target packaged = target("vm", "7.2", "7.2.13+deb14-amd64", "7.2.13-1");
    assertThat(TargetOrder.areOfOneRelease(target("uml", "7.2.13", "7.2.13", null), packaged))
        .isTrue();
    assertThat(TargetOrder.areOfOneRelease(target("uml", "7.2", "7.2.1", "7.2um1"), packaged))
        .isFalse();
  }
}
