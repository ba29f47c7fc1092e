package org.pivotroot.tck.images.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootHeaderTest {
  @TempDir private Path temporary;
  private Path file;

  @BeforeEach
  void name() {
    file = temporary.resolve("image");
  }

  private void refused(byte[] content, String because) throws IOException {
    Files.write(file, content);
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> BootHeader.read(file))
        .withMessageStartingWith(file + " is not a kernel image: ")
        .withMessageContaining(because)
        .withMessageContaining("Expected is an x86 bzImage");
  }

  @Test
  void tellsReleaseVersionAndSeries() throws IOException {
    Files.write(file, TestImage.of("6.12.9+deb13-amd64", "#1 SMP Debian 6.12.9-1 (2026-01-02)"));
    assertThat(BootHeader.read(file))
        .isEqualTo(
            new Identity("6.12.9+deb13-amd64", "#1 SMP Debian 6.12.9-1 (2026-01-02)", "6.12"));
  }

  @Test
  void tellsThoseOfAKernelSomebodyBuilt() throws IOException {
    Files.write(file, TestImage.of("7.3.0-rc7-00012-g0123456789ab-dirty", "#14 SMP Tue Nov 24"));
    assertThat(BootHeader.read(file))
        .isEqualTo(
            new Identity("7.3.0-rc7-00012-g0123456789ab-dirty", "#14 SMP Tue Nov 24", "7.3"));
  }

  @Test
  void refusesWhatIsTooShortOrHasNoMagic() throws IOException {
    refused(new byte[10], "no \"HdrS\" at offset 0x202");
    refused(new byte[0x8000], "no \"HdrS\" at offset 0x202");
  }

  @Test
  void refusesAHeaderWithoutVersion() throws IOException {
    byte[] none = TestImage.of("6.1.0", "#1");
    none[0x20e] = 0;
    none[0x20f] = 0;
    refused(none, "points to no version text");
    refused(Arrays.copyOf(TestImage.of("6.1.0", "#1"), 0x3204), "points to no version text");
  }

  @Test
  void refusesAVersionThatIsNone() throws IOException {
    refused(TestImage.withBanner("GRUB"), "version text \"GRUB\"");
  }

  @Test
  void refusesAReleaseThatIsNoFileName() throws IOException {
    refused(TestImage.of("6.1/../../x", "#1"), "does not begin with a kernel release");
    refused(TestImage.of("6.1\u001b[2J", "#1"), "version text \"6.1?[2J");
    refused(TestImage.of("6.1." + "0".repeat(100), "#1"), "does not begin with a kernel release");
  }

  @Test
  void saysWhatCannotBeRead() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> BootHeader.read(file))
        .withMessageContaining("cannot read " + file);
  }
}
