package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.archive.TestArchive;
import org.pivotroot.tck.images.archive.TestDeb;
import org.pivotroot.tck.images.archive.TestRpm;

class KernelCatalogueTest {
  private static final List<Series> CATALOGUE =
      List.of(
          new Series("6.1", "linux-image-6\\.1\\.0-[^-]+-amd64", List.of("gone", "bookworm")),
          new Series("7.2", "linux-binary-7\\.2\\.[^-]+-amd64", List.of("sid")));
  private static final String OLDER = "linux-image-6.1.0-8-amd64";
  private static final String NEWEST = "linux-image-6.1.0-9-amd64";

  @TempDir private Path temporary;
  private TestArchive served;
  private Cache cache;
  private byte[] newestImage;
  private KernelLock lock = new KernelLock(List.of());

  @BeforeEach
  void serveKernels() throws IOException {
    served = new TestArchive(temporary.resolve("served"));
    cache = new Cache(temporary.resolve("cache"));
    newestImage = TestImage.of("6.1.0-9-amd64", "#1 SMP 6.1.10-1");
    add("bookworm", OLDER, "6.1.9-1", "./boot/vmlinuz-6.1.0-8-amd64", "6.1.0-8-amd64");
    served.add(
        "bookworm",
        NEWEST,
        "6.1.10-1",
        TestDeb.of(NEWEST, "6.1.10-1", "./boot/vmlinuz-6.1.0-9-amd64", newestImage));
    add("bookworm", NEWEST + "-unsigned", "6.1.10-1", "./boot/vmlinuz-6.1.0-9-amd64", "6.1.0-0");
    add("bookworm", "linux-image-6.1.0-99-cloud-amd64", "6.1.99-1", "./boot/vmlinuz-x", "6.1.0-x");
    add("bookworm", "linux-image-6.1.0-99-rt-amd64", "6.1.99-1", "./boot/vmlinuz-x", "6.1.0-x");
    add(
        "sid",
        "linux-binary-7.2.1-amd64",
        "7.2.1-1",
        "./usr/lib/modules/7.2.1-amd64/vmlinuz",
        "7.2.1-amd64");
    served.publish();
  }

  private void add(String suite, String name, String version, String path, String release)
      throws IOException {
    served.add(
        suite,
        name,
        version,
        TestDeb.of(name, version, path, TestImage.of(release, "#1 SMP " + version)));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private KernelCatalogue catalogue() {
    return new KernelCatalogue(
        Kind.BZ_IMAGE, CATALOGUE, lock, cache, this::open, served.progress());
  }

  private Archive open() {
    try {
      return served.open(cache);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void lockNewest() {
    lock = catalogue().newestOfAll();
  }

  @Test
  void takesTheNewestOfTheOrdinaryFlavour() throws IOException {
    KernelImage image = catalogue().newest("6.1");
    assertThat(image.path()).hasBinaryContent(newestImage);
    assertThat(image.release()).isEqualTo("6.1.0-9-amd64");
    assertThat(image.version()).isEqualTo("#1 SMP 6.1.10-1");
    assertThat(image.series()).isEqualTo("6.1");
    assertThat(image.sha256()).isEqualTo(Sha256.of(newestImage));
    assertThat(image.origin().map(KernelPackage::name)).contains(NEWEST);
    assertThat(image.origin().map(KernelPackage::suite)).contains("bookworm");
    assertThat(served.said()).anyMatch(line -> line.contains("dists/gone/InRelease is not at"));
  }

  @Test
  void keepsOnlyTheImage() throws IOException {
    Path image = catalogue().resolve("7.2").path();
    assertThat(image.getParent().getFileName()).hasToString("linux-binary-7.2.1-amd64_7.2.1-1");
    assertThat(cache.folder("debs")).isEmptyDirectory();
    assertThat(image.getParent()).isDirectoryNotContaining("glob:**.deb");
  }

  @Test
  void takesModulesFromThePackageThatHasThem() throws IOException {
    byte[] module = {1, 2, 3};
    served.add(
        "sid",
        "linux-modules-7.2.1-amd64",
        "7.2.1-1",
        TestDeb.of(
            "linux-modules-7.2.1-amd64",
            "7.2.1-1",
            "xz",
            Map.of(
                "./usr/lib/modules/7.2.1-amd64/kernel/drivers/other.ko.xz",
                new byte[1],
                "./usr/lib/modules/7.2.1-amd64/kernel/fs/overlayfs/overlay.ko.xz",
                module)));
    served.publish();
    KernelModule taken = catalogue().resolve("7.2").modules().get(0);
    assertThat(taken.path()).hasFileName("overlay.ko.xz").hasBinaryContent(module);
    assertThat(catalogue().resolve("7.2").modules()).containsExactly(taken);
    assertThat(cache.folder("debs")).isEmptyDirectory();
    Files.write(taken.path(), new byte[] {1, 2, 4});
    assertThat(catalogue().resolve("7.2").modules().get(0).path()).hasBinaryContent(module);
  }

  @Test
  void takesModulesByTheLockWhenTheIndexHasThemNoMore() throws IOException {
    byte[] module = {1, 2, 3};
    lockNewest();
    LockedKernel before = lock.of("7.2").orElseThrow();
    assertThat(catalogue().resolve("7.2").modules()).isEmpty();
    Cache.deleteTree(cache.folder("kernels"));
    byte[] deb =
        TestDeb.of(
            "linux-modules-7.2.1-amd64",
            "7.2.1-1",
            "./usr/lib/modules/7.2.1-amd64/kernel/fs/overlayfs/overlay.ko.xz",
            module);
    String filename = served.add("sid", "linux-modules-7.2.1-amd64", "7.2.1-1", deb);
    lock =
        new KernelLock(
            List.of(
                new LockedKernel(
                    before.series(),
                    before.packageName(),
                    before.packageVersion(),
                    before.suite(),
                    before.filename(),
                    before.size(),
                    before.sha256(),
                    before.release(),
                    before.version(),
                    before.imageSha256(),
                    new LockedKernel.Modules(
                        "linux-modules-7.2.1-amd64", filename, deb.length, Sha256.of(deb)))));
    assertThat(catalogue().isCached(lock.of("7.2").orElseThrow())).isFalse();
    assertThat(catalogue().resolve("7.2").modules().get(0).path()).hasBinaryContent(module);
    assertThat(catalogue().newestOfAll().of("7.2").orElseThrow().modules())
        .isEqualTo(lock.of("7.2").orElseThrow().modules());
  }

  @Test
  void modulesAreLoadedAfterWhatTheyNeed() throws IOException {
    String folder = "./lib/modules/7.2.1-amd64/kernel/";
    served.add(
        "sid",
        "linux-modules-7.2.1-amd64",
        "7.2.1-1",
        TestDeb.of(
            "linux-modules-7.2.1-amd64",
            "7.2.1-1",
            "xz",
            Map.of(
                folder + "fs/btrfs/btrfs.ko.xz",
                new byte[1],
                folder + "fs/ext4/ext4.ko.xz",
                new byte[2],
                folder + "fs/jbd2/jbd2.ko.xz",
                new byte[3],
                folder + "lib/raid6/raid6_pq.ko.xz",
                new byte[4])));
    served.publish();
    assertThat(catalogue().resolve("7.2").modules())
        .extracting(module -> module.path().getFileName().toString())
        .containsExactly("jbd2.ko.xz", "ext4.ko.xz", "raid6_pq.ko.xz", "btrfs.ko.xz");
  }

  @Test
  void whatWasTakenWithoutItsModulesIsTakenAnew() throws IOException {
    lockNewest();
    Path image = catalogue().resolve("7.2").path();
    Path note = image.resolveSibling("contents.json");
    Files.writeString(note, Files.readString(note).replace("\"overlay\"", "\"other\""));
    assertThat(catalogue().isCached(lock.of("7.2").orElseThrow())).isFalse();
    catalogue().resolve("7.2");
    assertThat(note).content().contains("modulesSha256");
    assertThat(catalogue().isCached(lock.of("7.2").orElseThrow())).isTrue();
  }

  @Test
  void staysWithTheLockedOneWhenANewerComes() throws IOException {
    lockNewest();
    add("bookworm", "linux-image-6.1.0-10-amd64", "6.1.11-1", "./boot/vmlinuz-a", "6.1.0-10");
    served.publish();
    assertThat(catalogue().resolve("6.1").path()).hasBinaryContent(newestImage);
    assertThat(catalogue().newest("6.1").release()).isEqualTo("6.1.0-10");
  }

  @Test
  void needsNoNetworkForTheLockedOneWithAWarmCache() {
    lockNewest();
    served.close();
    assertThat(catalogue().resolve("6.1").release()).isEqualTo("6.1.0-9-amd64");
    assertThat(catalogue().isCached(lock.of("6.1").orElseThrow())).isTrue();
  }

  @Test
  void saysWhatItNeedsTheNetworkFor() {
    lockNewest();
    served.close();
    cache = new Cache(temporary.resolve("cold"));
    assertThat(catalogue().isCached(lock.of("6.1").orElseThrow())).isFalse();
    assertThatExceptionOfType(ArchiveException.class)
        .isThrownBy(() -> catalogue().resolve("6.1"))
        .withMessageContaining("cannot get pool/main/" + NEWEST);
  }

  @Test
  void fetchesADamagedImageAgain() throws IOException {
    lockNewest();
    Path image = catalogue().resolve("6.1").path();
    Files.write(image, Arrays.copyOf(newestImage, 0x4000));
    assertThat(catalogue().resolve("6.1").path()).hasBinaryContent(newestImage);
    byte[] flipped = newestImage.clone();
    flipped[0x7000] ^= 1;
    Files.write(image, flipped);
    assertThat(catalogue().resolve("6.1").path()).hasBinaryContent(newestImage);
  }

  @Test
  void survivesADamagedNoteBesideTheImage() throws IOException {
    lockNewest();
    Path image = catalogue().resolve("6.1").path();
    Files.writeString(image.resolveSibling("contents.json"), "{\"debSha");
    assertThat(catalogue().resolve("6.1").path()).hasBinaryContent(newestImage);
  }

  @Test
  void takesTheNewestWhereTheLockedOneHasLeftTheArchive() throws IOException {
    lockNewest();
    LockedKernel locked = lock.of("6.1").orElseThrow();
    Files.delete(served.file(locked.filename()));
    served.clear("bookworm");
    add("bookworm", "linux-image-6.1.0-10-amd64", "6.1.11-1", "./boot/vmlinuz-a", "6.1.0-10");
    served.publish();
    cache = new Cache(temporary.resolve("cold"));
    assertThat(catalogue().resolve("6.1").release()).isEqualTo("6.1.0-10");
    assertThat(served.said())
        .anyMatch(
            line ->
                line.contains(NEWEST + "_6.1.10-1")
                    && line.contains("linux-image-6.1.0-10-amd64_6.1.11-1 is taken instead"));
    served.close();
    assertThat(catalogue().resolve("6.1").release()).isEqualTo("6.1.0-10");
  }

  @Test
  void refusesALockedImageThatIsNotInItsPackage() {
    lockNewest();
    LockedKernel k = lock.of("6.1").orElseThrow();
    lock =
        new KernelLock(
            List.of(
                new LockedKernel(
                    k.series(),
                    k.packageName(),
                    k.packageVersion(),
                    k.suite(),
                    k.filename(),
                    k.size(),
                    k.sha256(),
                    k.release(),
                    k.version(),
                    "00",
                    null)));
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve("6.1"))
        .withMessageContaining("kernels update");
  }

  @Test
  void takesABzImageByPath() throws IOException {
    Path file = Files.write(temporary.resolve("bzImage"), TestImage.of("7.9.0-mine", "#3 SMP"));
    KernelImage image = catalogue().resolve(file.toString());
    assertThat(image)
        .isEqualTo(
            new KernelImage(
                file,
                Kind.BZ_IMAGE,
                "7.9.0-mine",
                "7.9.0-mine",
                "#3 SMP",
                "7.9",
                Optional.empty(),
                Sha256.of(file),
                List.of()));
  }

  @Test
  void takesAPackageByPath() throws IOException {
    byte[] deb =
        TestDeb.of(
            "linux-image-mine", "1", "./boot/vmlinuz-7.9.0", TestImage.of("7.9.0", "#3 SMP"));
    Path file = Files.write(temporary.resolve("mine.deb"), deb);
    KernelImage image = catalogue().resolve(file.toString());
    assertThat(image.release()).isEqualTo("7.9.0");
    assertThat(image.origin())
        .contains(new KernelPackage("linux-image-mine", "1", "local", Sha256.of(deb)));
    assertThat(file).hasBinaryContent(deb);
  }

  @Test
  void keepsApartTwoBuildsOfOnePackage() throws IOException {
    Path file = temporary.resolve("mine.deb");
    for (String version : List.of("#1 SMP", "#2 SMP")) {
      Files.write(
          file, TestDeb.of("mine", "1", "./boot/vmlinuz-7", TestImage.of("7.9.0", version)));
      assertThat(catalogue().resolve(file.toString()).version()).isEqualTo(version);
    }
  }

  @Test
  void refusesAPackageWithoutKernel() throws IOException {
    Path file =
        Files.write(
            temporary.resolve("linux-image.deb"),
            TestDeb.of("linux-image", "1", "./usr/share/doc/x", new byte[1]));
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve(file.toString()))
        .withMessageContaining(file + " holds no kernel image")
        .withMessageContaining("linux-binary");
  }

  @Test
  void refusesATruncatedPackage() throws IOException {
    byte[] deb = TestDeb.of("mine", "1", "./boot/vmlinuz-7", TestImage.of("7.9.0", "#1"));
    Path file = Files.write(temporary.resolve("t.deb"), Arrays.copyOf(deb, deb.length - 100));
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve(file.toString()))
        .withMessageContaining(file + " cannot be read as a package");
    try (Stream<Path> kept = Files.walk(cache.folder("kernels"))) {
      assertThat(kept.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void refusesAFileThatIsNoKernelAndAFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("notes.txt"), "no kernel");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve(file.toString()))
        .withMessageContaining(file + " is not a kernel image");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve(temporary.toString()))
        .withMessageContaining(temporary + " is not a file");
  }

  @Test
  void namesTheKnownSeriesWhereOneIsUnknown() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().resolve("5.4"))
        .withMessageContaining("\"5.4\"")
        .withMessageContaining("6.1, 7.2")
        .withMessageContaining("path to a bzImage");
  }

  @Test
  void tellsThatASeriesHasLeftTheArchive() throws IOException {
    served.clear("sid");
    served.publish();
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().newest("7.2"))
        .withMessageContaining("no kernel of the series 7.2 in sid any more");
  }

  @Test
  void tellsWhatIsBetweenTwoLockedKernels() {
    lockNewest();
    assertThat(PointReleases.between(catalogue(), "6.1", "7.2")).isEmpty();
    KernelLock newest = lock;
    LockedKernel first = newest.of("6.1").orElseThrow();
    lock = new KernelLock(List.of(older(first), newest.of("7.2").orElseThrow()));
    assertThat(PointReleases.between(catalogue(), "6.1", "7.2")).containsExactly("6.1.9", "6.1.10");
    assertThat(PointReleases.between(catalogue(), "6.1", "7.3")).isEmpty();
  }

  private static LockedKernel older(LockedKernel kernel) {
    return new LockedKernel(
        kernel.series(),
        kernel.packageName(),
        "6.1.8-1",
        kernel.suite(),
        kernel.filename(),
        kernel.size(),
        kernel.sha256(),
        kernel.release(),
        kernel.version(),
        kernel.imageSha256(),
        kernel.modules());
  }

  @Test
  void takesReleasesRangesAndFlavours() throws IOException {
    assertThat(names("6.1.9")).containsExactly("6.1.9");
    assertThat(names("6.1.9..6.1.10")).containsExactly("6.1.9", "6.1.10");
    assertThat(names("6.1.10..7.2")).containsExactly("6.1.10", "7.2.1");
    assertThat(names("6.1..7.2")).containsExactly("6.1", "7.2");
    assertThat(names("6.1-rt")).containsExactly("6.1-rt");
    assertThat(catalogue().resolve("6.1-rt").origin().map(KernelPackage::name))
        .contains("linux-image-6.1.0-99-rt-amd64");
    assertThat(names("6.1.99-cloud")).containsExactly("6.1.99-cloud");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> catalogue().select("6.1.8"))
        .withMessageContaining("the archive has no kernel 6.1.8");
  }

  private List<String> names(String word) {
    return catalogue().select(word).stream().map(KernelImage::name).toList();
  }

  @Test
  void takesAnRpmByPath() throws IOException {
    byte[] rpm =
        TestRpm.of(
            "kernel-core",
            "7.9.0",
            "1",
            "zstd",
            "./lib/modules/7.9.0/vmlinuz",
            TestImage.of("7.9.0", "#3 SMP"));
    Path file = Files.write(temporary.resolve("mine.rpm"), rpm);
    KernelImage image = catalogue().resolve(file.toString());
    assertThat(image.release()).isEqualTo("7.9.0");
    assertThat(image.origin())
        .contains(new KernelPackage("kernel-core", "7.9.0-1", "local", Sha256.of(rpm)));
  }

  @Test
  void takesABuildTree() throws IOException {
    Path boot = Files.createDirectories(temporary.resolve("tree/arch/x86/boot"));
    Files.write(boot.resolve("bzImage"), TestImage.of("7.9.0-mine", "#3 SMP"));
    assertThat(names(temporary.resolve("tree").toString())).containsExactly("7.9.0-mine");
  }

  @Test
  void takesUserModeLinuxByPathOrFromABuildTree() throws IOException {
    Path tree = Files.createDirectories(temporary.resolve("um"));
    String program = "\177ELF ... uml_dir=x\nLinux version 7.9.0+ (me@here) (gcc) #7 Thu\n";
    Path linux = Files.write(tree.resolve("linux"), program.getBytes(ISO_8859_1));
    KernelCatalogue uml =
        new KernelCatalogue(Kind.UML, CATALOGUE, lock, cache, this::open, served.progress());
    assertThat(uml.knows("7.2")).isTrue();
    assertThat(uml.knows("7.2-rt")).isFalse();
    for (Path path : List.of(tree, linux)) {
      assertThat(catalogue().knows(path.toString())).isFalse();
      assertThat(uml.knows(path.toString())).isTrue();
      KernelImage image = uml.resolve(path.toString());
      assertThat(image.path()).isEqualTo(linux);
      assertThat(image.release()).isEqualTo("7.9.0+");
      assertThat(image.version()).isEqualTo("#7 Thu");
    }
  }
}
