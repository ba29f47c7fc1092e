package org.pivotroot.tck.images.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  @TempDir private Path folder;

  @BeforeEach
  void describeTwoFiles() throws IOException {
    Files.write(folder.resolve("a name"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("holes"), new byte[200_000]);
    Manifest.write(folder, List.of("a name", "holes"));
  }

  @Test
  void saysSizeAndChecksumOfEachFile() throws IOException {
    Manifest manifest = Manifest.verified(folder).orElseThrow();
    assertThat(manifest.files()).containsOnlyKeys("a name", "holes");
    assertThat(manifest.files().get("a name"))
        .isEqualTo(new Manifest.Entry(3, 3, Sha256.of(new byte[] {1, 2, 3})));
    assertThat(manifest.files().get("holes"))
        .isEqualTo(new Manifest.Entry(200_000, 0, Sha256.of(new byte[200_000])));
    assertThat(manifest.bytesOnDisk()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a name", "holes"})
  void noticesEveryChange(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    byte[] flipped = sound.clone();
    flipped[sound.length / 2] ^= 1;
    Files.write(file, flipped);
    assertThat(Manifest.verified(folder)).isEmpty();
    Files.write(file, new byte[sound.length + 1]);
    assertThat(Manifest.verified(folder)).isEmpty();
    Files.write(file, sound);
    assertThat(Manifest.verified(folder)).isPresent();
    Files.delete(file);
    assertThat(Manifest.verified(folder)).isEmpty();
  }

  @Test
  void noticesDamageToItself() throws IOException {
    Path manifest = folder.resolve("manifest");
    byte[] sound = Files.readAllBytes(manifest);
    for (int i = 0; i < sound.length; i++) {
      byte[] flipped = sound.clone();
      flipped[i] ^= 1;
      Files.write(manifest, flipped);
      assertThat(Manifest.read(folder)).as("byte %d", i).isEmpty();
    }
    Files.write(manifest, new byte[0]);
    assertThat(Manifest.read(folder)).isEmpty();
    Files.delete(manifest);
    assertThat(Manifest.verified(folder)).isEmpty();
  }
}
