package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final String INDEX = "dists/sid/main/binary-amd64/";

  @TempDir private Path temporary;
  private TestArchive served;
  private Cache cache;
  private byte[] deb;
  private String filename;

  @BeforeEach
  void serveOnePackage() throws IOException {
    served = new TestArchive(temporary.resolve("served"));
    cache = new Cache(temporary.resolve("cache"));
    deb = TestDeb.of("tool", "1.0-1", "./usr/bin/tool", new byte[100_000]);
    served.add("sid", "tool", "0.9-1", TestDeb.of("tool", "0.9-1", "./a", new byte[1]));
    filename = served.add("sid", "tool", "1.0-1", deb);
    served.publish();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private ArchivePackage tool(Archive archive) {
    return archive.index("sid").newest("tool").orElseThrow();
  }

  private static ThrowableAssertAlternative<ArchiveException> refused(Runnable action) {
    return assertThatExceptionOfType(ArchiveException.class).isThrownBy(action::run);
  }

  private List<Path> kept(String folder) throws IOException {
    Path within = cache.directory().resolve(folder);
    if (!Files.exists(within)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(within)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void findsTheNewestAndFetchesIt() throws IOException {
    Archive archive = served.open(cache);
    ArchivePackage tool = tool(archive);
    assertThat(tool.version()).isEqualTo("1.0-1");
    assertThat(tool.suite()).isEqualTo("sid");
    assertThat(tool.source()).isEqualTo("tool");
    assertThat(tool.needs())
        .containsExactly(
            List.of(new Relation("libc6", Optional.of(">="), Optional.of("2.36"))),
            List.of(
                new Relation("sh", Optional.empty(), Optional.empty()),
                new Relation("bash", Optional.of("="), Optional.of("5-1"))));
    assertThat(archive.index("sid").providers("virtual")).hasSize(2).contains(tool);
    assertThat(archive.index("sid").named("tool")).hasSize(2);
    assertThat(archive.fetch(tool)).hasBinaryContent(deb);
    assertThat(served.said()).anyMatch(line -> line.contains("tool_1.0-1_amd64.deb (0."));
  }

  @Test
  void readsFromTheFileSystem() throws IOException {
    Archive archive = served.open(cache, served.file("").toUri());
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
    Files.delete(served.file(filename));
    archive.forget(tool(archive));
    refused(() -> archive.fetch(tool(archive)))
        .withMessageContaining(filename)
        .matches(ArchiveException::absent);
  }

  @Test
  void refusesASignatureByAnotherKey() throws IOException {
    served.signWith(TestArchive.newKey());
    served.publish();
    Archive archive = served.open(cache);
    refused(() -> archive.index("sid"))
        .withMessageContaining("dists/sid/InRelease has no good signature")
        .withMessageContaining("the test's keyring")
        .withMessageContaining("-Dtck.keyring=FILE");
    assertThat(kept("indices")).isEmpty();
  }

  @Test
  void refusesAChangedRelease() throws IOException {
    Path release = served.file("dists/sid/InRelease");
    Files.writeString(
        release, Files.readString(release).replace("Origin: Debian", "Origin: Other"));
    Archive archive = served.open(cache);
    refused(() -> archive.index("sid")).withMessageContaining("no good signature");
  }

  @Test
  void refusesTheReleaseOfAnotherSuite() throws IOException {
    served.add("trixie", "tool", "0.1-1", deb);
    served.publish("trixie");
    Files.copy(
        served.file("dists/trixie/InRelease"),
        Files.createDirectories(served.file("dists/forky")).resolve("InRelease"));
    Archive archive = served.open(cache);
    refused(() -> archive.index("forky")).withMessageContaining("not that of forky");
  }

  @Test
  void refusesAChangedIndex() throws IOException {
    try (Stream<Path> indices = Files.list(served.file(INDEX + "by-hash/SHA256"))) {
      for (Path index : indices.toList()) {
        byte[] content = Files.readAllBytes(index);
        content[content.length / 2] ^= 1;
        Files.write(index, content);
      }
    }
    Archive archive = served.open(cache);
    refused(() -> archive.index("sid")).withMessageContaining("is not what the signed index");
    assertThat(kept("indices")).isEmpty();
  }

  @Test
  void takesNewerKeysThatItsOwnKeysVouchFor() throws IOException {
    byte[] newer = TestArchive.newKey();
    byte[] keys =
        TestDeb.of(
            Keyring.PACKAGE,
            "2030.1",
            "./" + Keyring.WITHIN_PACKAGE + "pgp",
            TestArchive.certificate(newer));
    served.add("bookworm", Keyring.PACKAGE, "2030.1", keys);
    served.publish("bookworm");
    served.signWith(newer);
    served.publish("sid");
    Archive archive = served.open(cache);
    assertThat(tool(archive).version()).isEqualTo("1.0-1");
    assertThat(served.said()).anyMatch(line -> line.contains("debian-archive-keyring 2030.1"));
  }

  @Test
  void fetchesADamagedFileAgain() throws IOException {
    Archive archive = served.open(cache);
    Path file = archive.fetch(tool(archive));
    byte[] flipped = deb.clone();
    flipped[deb.length / 2] ^= 1;
    Files.write(file, flipped);
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
    assertThat(served.said()).filteredOn(line -> line.contains("is damaged")).hasSize(2);
    assertThat(served.requests(filename)).isEqualTo(3);
  }

  @Test
  void refusesAPackageThatIsNotTheOneInTheIndex() throws IOException {
    byte[] flipped = deb.clone();
    flipped[deb.length / 2] ^= 1;
    Files.write(served.file(filename), flipped);
    Archive archive = served.open(cache);
    refused(() -> archive.fetch(tool(archive)))
        .withMessageContaining("tool_1.0-1_amd64.deb is not what the signed index")
        .withMessageContaining(Sha256.of(deb));
    assertThat(kept("debs")).isEmpty();
  }

  @Test
  void neverUsesAnInterruptedDownload() throws IOException {
    Archive archive = served.open(cache);
    served.halve(filename);
    refused(() -> archive.fetch(tool(archive))).withMessageContaining("cannot get " + filename);
    assertThat(kept("debs")).isEmpty();
    served.halve("");
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
  }

  @Test
  void removesWhatAKilledRunLeft() throws IOException {
    Path left = cache.folder("debs").resolve(".tool_1.0-1_amd64.deb.part");
    Files.write(left, deb);
    Archive archive = served.open(cache);
    assertThat(left).doesNotExist();
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
    assertThat(served.requests(filename)).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatAnotherThreadIsWriting() throws Exception {
    Path target = cache.folder("debs").resolve("tool");
    Path written = cache.folder("debs").resolve(".tool.part");
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      cache.write(
          target,
          out -> {
            try {
              other.submit(() -> served.open(cache)).get();
            } catch (Exception e) {
              throw new IOException(e);
            }
            assertThat(written).exists();
            out.write(deb);
          });
    } finally {
      other.shutdownNow();
    }
    assertThat(target).hasBinaryContent(deb);
  }

  @Test
  void fetchesOnceForManyWhoAskAtOnce() throws Exception {
    int many = 8;
    Archive archive = served.open(cache);
    ArchivePackage tool = tool(archive);
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<Path>> fetched = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        fetched.add(
            threads.submit(
                () -> {
                  together.await();
                  return archive.fetch(tool);
                }));
      }
      for (Future<Path> file : fetched) {
        assertThat(file.get()).hasBinaryContent(deb);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(served.requests(filename)).isEqualTo(1);
  }

  @Test
  void needsNoNetworkWithAWarmCache() throws IOException {
    Archive before = served.open(cache);
    before.fetch(tool(before));
    Archive archive = served.open(cache);
    served.close();
    assertThat(archive.fetch(tool(archive))).hasBinaryContent(deb);
    assertThat(served.said()).anyMatch(line -> line.contains("the copy in the cache is used"));
  }

  @Test
  void doesNotTrustAChangedCopyWithoutANetwork() throws IOException {
    served.open(cache).index("sid");
    served.close();
    Path release = cache.directory().resolve("indices/sid/InRelease");
    Files.writeString(
        release, Files.readString(release).replace("Origin: Debian", "Origin: Other"));
    Archive archive = served.open(cache);
    refused(() -> archive.index("sid")).withMessageContaining("no good signature");
  }

  @Test
  void saysWhatIsMissingWithoutANetworkAndACache() throws IOException {
    served.close();
    Archive archive = served.open(cache);
    refused(() -> archive.index("sid"))
        .withMessageContaining("cannot get dists/sid/InRelease from localhost")
        .withMessageContaining("Check the network")
        .matches(e -> !e.absent());
  }

  @Test
  void saysWhatTheArchiveDoesNotHave() throws IOException {
    Archive archive = served.open(cache);
    refused(() -> archive.index("nosuch"))
        .withMessageContaining("dists/nosuch/InRelease")
        .withMessageContaining("404")
        .matches(ArchiveException::absent);
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    Archive archive = served.open(cache);
    ArchivePackage tool = tool(archive);
    Files.createSymbolicLink(
        cache.folder("debs").resolve(".tool_1.0-1_amd64.deb.part"), Path.of("/dev/full"));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> archive.fetch(tool))
        .withMessageContaining("No space left on device")
        .withMessageContaining("Make room there")
        .withMessageContaining("TCK_CACHE");
    assertThat(archive.fetch(tool)).hasBinaryContent(deb);
  }

  @Test
  void saysThatTheCacheCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "in the way", UTF_8);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> new Cache(file).folder("debs"))
        .withMessageContaining("cannot write " + file)
        .withMessageContaining("-Dtck.cache=FOLDER");
  }
}
