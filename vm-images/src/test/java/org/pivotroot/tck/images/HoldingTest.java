package org.pivotroot.tck.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Sha256;

class HoldingTest {
  @TempDir Path directory;
  private Cache cache;

  @BeforeEach
  void setUp() {
    cache = new Cache(directory);
  }

  private Holding only() {
    List<Holding> all = Holding.of(cache);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private Path makeSnapshot() {
    Path place = cache.folder("snapshots").resolve("key");
    cache.make(place, List.of("ram"), made -> Files.write(made.resolve("ram"), new byte[1 << 20]));
    return place;
  }

  @Test
  void aHoleTakesNoRoom() {
    makeSnapshot();
    assertThat(only().kind()).isEqualTo("snapshots");
    assertThat(only().bytes()).isLessThan(1 << 10);
  }

  @Test
  void locksAndLeftoversAreNone() throws IOException {
    cache.locked(cache.folder("debs").resolve("a"), () -> 0);
    Files.createDirectories(directory.resolve("guest/.key.part"));
    assertThat(Holding.of(cache)).isEmpty();
  }

  @Test
  void aFolderIsSoundWhileItIsAsItsManifestSays() throws IOException {
    Path ram = makeSnapshot().resolve("ram");
    assertThat(only().isSound()).isTrue();
    Files.write(ram, new byte[] {1});
    assertThat(only().isSound()).isFalse();
  }

  @Test
  void aKernelIsSoundWhileItIsTheOneThatWasTaken() throws IOException {
    Path home = Files.createDirectories(cache.folder("kernels").resolve("linux_1"));
    Path image = Files.writeString(home.resolve("vmlinuz"), "a kernel");
    Files.writeString(
        home.resolve("contents.json"),
        "{\"debSha256\":\"0\",\"imageSha256\":\"" + Sha256.of(image) + "\"}");
    assertThat(only().isSound()).isTrue();
    Files.writeString(image, "another");
    assertThat(only().isSound()).isFalse();
  }

  @Test
  void anIndexIsWhatItIsCalled() throws IOException {
    Path suite = Files.createDirectories(cache.folder("indices").resolve("sid"));
    Files.writeString(suite.resolve("InRelease"), "signed");
    assertThat(only().isSound()).isTrue();
    Files.writeString(suite.resolve("Packages-0000.xz"), "something");
    assertThat(only().isSound()).isFalse();
  }

  @Test
  void halfAPackageIsNone() throws IOException {
    Files.writeString(cache.folder("debs").resolve("a.deb"), "!<arch>\n");
    assertThat(only().isSound()).isFalse();
  }

  @Test
  void whatIsRemovedIsGone() {
    makeSnapshot();
    only().remove(cache);
    assertThat(Holding.of(cache)).isEmpty();
  }
}
