package org.pivotroot.tck.images.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
  private static long holders(String packageName) {
    return Series.known(Kind.BZ_IMAGE).stream().filter(s -> s.isHeldBy(packageName)).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-image-5.10.0-46-amd64",
        "linux-image-6.1.0-0.deb11.52-amd64-unsigned",
        "linux-image-6.12.90+deb12.1-amd64",
        "linux-binary-6.19.14+deb13-amd64",
        "linux-binary-7.3-amd64",
        "linux-binary-7.3.4+deb13-amd64",
      })
  void knowsWhichPackagesHoldAnImage(String packageName) {
    assertThat(holders(packageName)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-image-6.1-amd64",
        "linux-image-6.12-amd64",
        "linux-image-6.1.0-56-cloud-amd64",
        "linux-image-6.1.0-56-rt-amd64",
        "linux-image-6.1.0-56-amd64-dbg",
        "linux-image-6.19.14+deb13-amd64",
        "linux-image-7.3-amd64",
        "linux-headers-6.1.0-56-amd64",
      })
  void leavesOutOtherFlavoursAndPackagesThatOnlyLeadToOne(String packageName) {
    assertThat(holders(packageName)).isZero();
  }
}
