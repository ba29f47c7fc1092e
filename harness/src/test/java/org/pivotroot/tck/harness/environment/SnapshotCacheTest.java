package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.images.archive.Cache;

@Timeout(60)
class SnapshotCacheTest {
  private static final long LIMIT = 20_000;

  @TempDir Path directory;
  private Path snapshots;
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void nameTheFolder() {
    snapshots = directory.resolve("snapshots");
  }

  /** The snapshots as another run would find them. */
  private SnapshotCache cache() {
    return new SnapshotCache(new Cache(directory), LIMIT);
  }

  private String save(Path ram, Path state) throws IOException {
    made.incrementAndGet();
    Files.write(ram, filled(6000));
    Files.writeString(state, "state", StandardCharsets.UTF_8);
    return "booted";
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 1);
    return bytes;
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(snapshots)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void age(String entry) throws IOException {
    Files.setLastModifiedTime(
        snapshots.resolve(entry), FileTime.from(Instant.now().minusSeconds(3600)));
  }

  @Test
  void isMadeOnceAndFoundByLaterRuns() throws IOException {
    SnapshotCache cache = cache();
    Snapshot first = cache.get("a", this::save);
    assertThat(first.console()).isEqualTo("booted");
    assertThat(first.ram()).hasBinaryContent(filled(6000));
    assertThat(cache.get("a", this::save)).isEqualTo(first);
    assertThat(cache().get("a", this::save)).isEqualTo(first);
    assertThat(made).hasValue(1);
    assertThat(entries()).containsExactly("a");
  }

  @Test
  void isAbsentUntilItIsComplete() throws IOException {
    assertThatThrownBy(
            () ->
                cache()
                    .get(
                        "a",
                        (ram, state) -> {
                          save(ram, state);
                          assertThat(snapshots.resolve("a")).doesNotExist();
                          throw new IOException("No space left on device");
                        }))
        .isInstanceOf(TargetUnavailableException.class)
        .hasMessageContaining("cannot save a booted machine as " + snapshots.resolve("a"))
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("Make room there, or name another folder");
    assertThat(entries()).isEmpty();
  }

  @Test
  void whatAKilledRunLeftIsReplaced() throws IOException {
    Path half = Files.createDirectories(snapshots.resolve(".a.part"));
    Files.writeString(half.resolve("ram"), "half");
    assertThat(cache().get("a", this::save).ram()).hasBinaryContent(filled(6000));
    assertThat(entries()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ram", "state", "console", "manifest"})
  void aDamagedOneIsMadeAnew(String file) throws IOException {
    cache().get("a", this::save);
    Path damaged = snapshots.resolve("a").resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    cache().get("a", this::save);
    assertThat(made).hasValue(2);
    Files.delete(damaged);
    Snapshot again = cache().get("a", this::save);
    assertThat(made).hasValue(3);
    assertThat(again.ram()).hasBinaryContent(filled(6000));
    assertThat(again.state()).hasContent("state");
  }

  @Test
  void anUnusableOneIsMadeAnewOnce() {
    SnapshotCache cache = cache();
    Snapshot unusable = cache.get("a", this::save);
    cache.discard("a", unusable);
    assertThat(unusable.ram()).doesNotExist();
    Snapshot fresh =
        cache.get(
            "a",
            (ram, state) -> {
              save(ram, state);
              return "booted again";
            });
    cache.discard("a", unusable); // another thread that had the old one, too
    assertThat(fresh.ram()).exists();
    assertThat(made).hasValue(2);
  }

  @Test
  void theLeastRecentlyUsedMakeRoom() throws IOException {
    for (String key : List.of("a", "b", "c")) {
      cache().get(key, this::save);
      age(key);
    }
    cache().get("a", this::save); // used again
    cache().get("d", this::save);
    assertThat(made).hasValue(4);
    assertThat(entries()).contains("a", "d").hasSize(3);
  }

  @Test
  void whatMayBeInUseStays() throws IOException {
    for (String key : List.of("a", "b", "c", "d", "e")) {
      cache().get(key, this::save);
    }
    assertThat(entries()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void holesTakeNoRoom() throws IOException {
    for (String key : List.of("a", "b", "c", "d")) {
      cache()
          .get(
              key,
              (ram, state) -> {
                Files.write(ram, new byte[9000]);
                Files.write(state, new byte[0]);
                return "";
              });
      age(key);
    }
    assertThat(entries()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatIsBeingMadeDoesNotCount() throws IOException {
    Path other = Files.createDirectories(snapshots.resolve(".x.part"));
    Files.write(other.resolve("ram"), filled(60_000));
    cache().get("a", this::save);
    assertThat(entries()).containsExactly(".x.part", "a");
  }

  @Test
  void twoThreadsOfTwoRunsMakeOne() throws Exception {
    CountDownLatch ready = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Snapshot>> both =
          Stream.generate(this::cache)
              .limit(2)
              .map(
                  cache ->
                      threads.submit(
                          () -> {
                            ready.countDown();
                            assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
                            return cache.get("a", this::save);
                          }))
              .toList();
      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
    } finally {
      threads.shutdownNow();
    }
    assertThat(made).hasValue(1);
  }
}
