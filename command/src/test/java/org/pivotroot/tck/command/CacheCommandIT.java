package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Cache;

/** A cache of a test's own, told of and tidied up. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CacheCommandIT {
  @TempDir Path scratch;
  private Path old;
  private Path recent;

  @BeforeEach
  void fill() throws IOException {
    Cache cache = new Cache(scratch.resolve("cache"));
    old = snapshot(cache, "old");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(86400)));
    recent = snapshot(cache, "recent");
  }

  private static Path snapshot(Cache cache, String name) {
    Path place = cache.folder("snapshots").resolve(name);
    cache.make(place, List.of("ram"), made -> Files.writeString(made.resolve("ram"), name));
    return place;
  }

  private Program.Ended cache(String... words) throws IOException, InterruptedException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dtck.home=..",
            "-jar",
            "target/tck.jar",
            "cache");
    return new Program(
            java,
            Path.of("."),
            Map.of("TCK_CACHE", scratch.resolve("cache").toString()),
            Files.createTempDirectory(scratch, "of-processes"))
        .run(words);
  }

  @Test
  void itTellsWhatIsInItAndHowOldItIs() throws Exception {
    assertThat(cache().output()).containsPattern("snapshots +2 +0 +0 +0 min ago");
    assertThat(cache("--long").output()).containsPattern("1 d ago +not used +old");
  }

  @Test
  void whatNobodyUsesIsPrunedUnlessARunMayHaveIt() throws Exception {
    Program.Ended ended = cache("prune");
    assertThat(ended.status()).isZero();
    assertThat(ended.output())
        .isEqualTo("removed 1 things, 0 MiB; 1 more are not used, but were lately\n");
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void whatIsDamagedIsRemoved() throws Exception {
    Files.writeString(recent.resolve("ram"), "something else");
    Program.Ended ended = cache("verify");
    assertThat(ended.status()).isEqualTo(Tck.DIFFERS);
    assertThat(ended.output())
        .contains("damaged, so removed: " + recent, "1 things are sound, 1 were not");
    assertThat(recent).doesNotExist();
    assertThat(cache("verify").status()).isZero();
  }
}
