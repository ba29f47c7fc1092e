package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpmTest {
  @TempDir private Path temporary;

  private Path rpm(byte[] content) throws IOException {
    return Files.write(temporary.resolve("x.rpm"), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void findsAFileWhateverItIsPackedBy(String compressor) throws IOException {
    Path rpm = rpm(TestRpm.of("kernel-core", "6.12.9", "200.fc41", compressor, "./boot/x", "abc"));
    List<String> seen = new ArrayList<>();
    Rpm.search(
        rpm,
        (entry, content) -> {
          seen.add(entry.getName() + " " + new String(content.readAllBytes(), UTF_8));
          return true;
        });
    assertThat(Rpm.isOne(rpm)).isTrue();
    assertThat(seen).containsExactly("./boot/x abc");
  }

  @Test
  void saysWhatItIsOf() throws IOException {
    Path rpm = rpm(TestRpm.of("kernel-core", "6.12.9", "200.fc41", "gzip", "./x", ""));
    assertThat(Rpm.label(rpm)).isEqualTo(new Rpm.Label("kernel-core", "6.12.9-200.fc41"));
  }

  @Test
  void refusesWhatIsNone() throws IOException {
    Path file = Files.writeString(temporary.resolve("short"), "no");
    assertThat(Rpm.isOne(file)).isFalse();
    byte[] damaged = TestRpm.of("a", "1", "1", "gzip", "./x", "");
    damaged[96] = 0;
    assertThatIOException()
        .isThrownBy(() -> Rpm.label(rpm(damaged)))
        .withMessageContaining("damaged RPM package");
    Path strange = rpm(TestRpm.of("a", "1", "1", "bzip3", "./x", ""));
    assertThatIOException()
        .isThrownBy(() -> Rpm.search(strange, (entry, content) -> true))
        .withMessageContaining("bzip3");
  }
}
