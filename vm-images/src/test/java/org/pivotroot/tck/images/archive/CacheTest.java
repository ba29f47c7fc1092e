package org.pivotroot.tck.images.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CacheTest {
  @TempDir private Path directory;

  private Cache cache;
  private Path target;

  @BeforeEach
  void nameTheTarget() {
    cache = new Cache(directory.resolve("a, b 'c' \"d\""));
    target = cache.folder("things").resolve("one");
  }

  private void fill(Path folder) throws IOException {
    assertThat(folder).isEmptyDirectory();
    Files.writeString(folder.resolve("file"), "content");
  }

  @Test
  void aFolderIsAbsentUntilItIsWhole() throws IOException {
    assertThatThrownBy(
            () ->
                cache.make(
                    target,
                    List.of("file"),
                    folder -> {
                      fill(folder);
                      assertThat(target).doesNotExist();
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(target.getParent()).isEmptyDirectory();
    cache.make(target, List.of("file"), this::fill);
    assertThat(Manifest.verified(target)).isPresent();
  }

  @Test
  void aFolderIsReplacedWhole() throws IOException {
    cache.make(target, List.of("file"), this::fill);
    Files.createDirectories(target.resolve("not/of/ours"));
    cache.make(target, List.of("file"), this::fill);
    assertThat(target.resolve("not")).doesNotExist();
    assertThat(target.resolve("file")).hasContent("content");
  }

  @Test
  void whatAKilledRunLeftIsSwept() throws IOException {
    Path folder = Files.createDirectories(target.resolveSibling(".one.part/work/root"));
    Files.writeString(folder.resolve("file"), "half");
    Path file = Files.writeString(target.resolveSibling(".two.part"), "half");
    cache.removeLeftovers();
    assertThat(folder.getParent().getParent()).doesNotExist();
    assertThat(file).doesNotExist();
  }

  @Test
  void whatAnotherThreadIsMakingStays() throws IOException {
    cache.make(
        target,
        List.of("file"),
        folder -> {
          fill(folder);
          CompletableFuture.runAsync(cache::removeLeftovers).join();
          assertThat(folder.resolve("file")).exists();
        });
    assertThat(target.resolve("file")).exists();
  }
}
