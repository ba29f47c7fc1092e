package org.pivotroot.tck.images.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLockTest {
  @TempDir private Path temporary;

  @Test
  void locksEverySeriesOfTheCatalogueToAPackageOfIt() {
    KernelLock lock = KernelLock.ofBuild(Kind.BZ_IMAGE);
    assertThat(lock.kernels())
        .extracting(LockedKernel::series)
        .containsExactlyElementsOf(
            Series.known(Kind.BZ_IMAGE).stream().map(Series::series).toList())
        .contains(
            "5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3");
    for (Series series : Series.known(Kind.BZ_IMAGE)) {
      LockedKernel locked = lock.of(series.series()).orElseThrow();
      assertThat(series.isHeldBy(locked.packageName())).isTrue();
      assertThat(series.suites()).contains(locked.suite());
      assertThat(locked.release()).startsWith(series.series() + ".");
    }
  }

  @Test
  void isWrittenAsItIsCommittedAndNamesNoAddress() throws IOException {
    Path file = temporary.resolve("lock.json");
    KernelLock.ofBuild(Kind.BZ_IMAGE).write(file);
    assertThat(file)
        .hasSameTextualContentAs(Path.of(KernelLock.FILE))
        .content()
        .doesNotContain("://");
  }

  @Test
  void saysWhereItCannotBeWritten() {
    Path file = temporary.resolve("none/lock.json");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> KernelLock.ofBuild(Kind.BZ_IMAGE).write(file))
        .withMessageContaining("cannot write the lock file " + file);
  }
}
