package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"xz", "zst", "gz"})
  void readsFilesAndControl(String packing) throws IOException {
    Path deb = temporary.resolve("a.deb");
    Files.write(
        deb,
        TestDeb.of("a", "1", packing, Map.of("./x", "one".getBytes(UTF_8), "./y", new byte[0])));
    List<String> seen = new ArrayList<>();
    Deb.forEach(
        deb,
        (entry, content) ->
            seen.add(entry.getName() + "=" + new String(content.readAllBytes(), UTF_8)));
    assertThat(seen).containsExactly("./x=one", "./y=");
    assertThat(Deb.control(deb)).containsEntry("Package", "a").containsEntry("Version", "1");
  }

  @Test
  void saysWhatIsNoPackage() throws IOException {
    Path file = Files.writeString(temporary.resolve("b.deb"), "!<arch>\n");
    assertThatIOException()
        .isThrownBy(() -> Deb.control(file))
        .withMessageContaining("b.deb is no Debian package");
  }
}
