package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.DebianVersion;
import org.pivotroot.tck.images.archive.Progress;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.databind.json.JsonMapper;

/** The kernel series that Debian packages, and the way to an image of each. */
public final class KernelCatalogue {
  private final List<Series> catalogue;
  private final KernelLock lock;
  private final Cache cache;
  private final KernelStore store;
  private final Supplier<Archive> archive;
  private final Progress progress;
  private Archive opened;

  KernelCatalogue(
      List<Series> catalogue,
      KernelLock lock,
      Cache cache,
      Supplier<Archive> archive,
      Progress progress) {
    this.catalogue = catalogue;
    this.lock = lock;
    this.cache = cache;
    this.store = new KernelStore(cache);
    this.archive = archive;
    this.progress = progress;
  }

  /** The catalogue with the host's archive, which is not looked for before it is needed. */
  public static KernelCatalogue ofHost(Cache cache) {
    return ofHost(cache, Progress.STDERR);
  }

  /** Like {@link #ofHost(Cache)}, telling somebody else what is going on. */
  public static KernelCatalogue ofHost(Cache cache, Progress progress) {
    return new KernelCatalogue(
        known(), KernelLock.ofBuild(), cache, () -> Archive.ofHost(cache, progress), progress);
  }

  static List<Series> known() {
    try (InputStream in = KernelCatalogue.class.getResourceAsStream("series.json")) {
      return Arrays.asList(JsonMapper.shared().readValue(in, Series[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the series, oldest first. */
  public List<String> series() {
    return catalogue.stream().map(Series::series).toList();
  }

  /** What the committed results were made with. */
  public KernelLock lock() {
    return lock;
  }

  /** Whether the locked kernel of a series is in the cache, so that no network is needed for it. */
  public boolean isCached(LockedKernel kernel) {
    return store.has(folder(kernel.inArchive()), kernel.imageSha256());
  }

  /**
   * The image of a kernel. For a series it is the locked one, or where that has left the archive
   * and is not in the cache, the newest of the series, which is then said.
   *
   * @param nameOrPath a series such as {@code 6.1}, or a path to a bzImage or a kernel .deb
   * @throws KernelException if it is neither, or the file holds no kernel image
   * @throws ArchiveException if the image has to be got from the archive and cannot be
   */
  public KernelImage resolve(String nameOrPath) {
    Optional<Series> series = find(nameOrPath);
    if (series.isPresent()) {
      return lock.of(nameOrPath)
          .map(locked -> lockedOrNewest(locked, series.get()))
          .orElseGet(() -> newest(nameOrPath));
    }
    Path path = Path.of(nameOrPath).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw unknown(nameOrPath);
    }
    if (!Files.isRegularFile(path)) {
      throw new KernelException(
          path + " is not a file: name the bzImage or the kernel .deb itself");
    }
    return isPackage(path) ? local(path) : KernelStore.of(path, Optional.empty());
  }

  /**
   * The newest image of a series that the archive has.
   *
   * @throws KernelException if the series is not in the catalogue
   * @throws ArchiveException if the archive cannot be read
   */
  public KernelImage newest(String series) {
    return image(newestPackage(find(series).orElseThrow(() -> unknown(series))));
  }

  /**
   * The newest image of every series, as a lock file.
   *
   * @throws ArchiveException if the archive cannot be read
   */
  KernelLock newestOfAll() {
    return new KernelLock(
        catalogue.stream()
            .map(this::newestPackage)
            .map(found -> LockedKernel.of(found, image(found)))
            .toList());
  }

  private Optional<Series> find(String name) {
    return catalogue.stream().filter(series -> series.series().equals(name)).findFirst();
  }

  private KernelException unknown(String name) {
    return new KernelException(
        "\""
            + name
            + "\" is neither a known kernel series nor a file. Known series: "
            + String.join(", ", series())
            + ". A path to a bzImage or to a kernel .deb is possible too");
  }

  private KernelImage lockedOrNewest(LockedKernel locked, Series series) {
    ArchivePackage wanted = locked.inArchive();
    KernelImage image;
    try {
      image = image(wanted);
    } catch (ArchiveException e) {
      if (!hasLeft(wanted, e)) {
        throw e;
      }
      ArchivePackage newest = newestPackage(series);
      progress.say(
          folder(wanted)
              + ", which the committed results of "
              + series.series()
              + " were made with, has left the archive: "
              + folder(newest)
              + " is taken instead");
      return image(newest);
    }
    if (!image.sha256().equals(locked.imageSha256())) {
      throw new KernelException(
          image.path()
              + " is from the locked package "
              + folder(wanted)
              + " but has SHA-256 "
              + image.sha256()
              + ", not "
              + locked.imageSha256()
              + ": remove its folder; if that does not help, the lock file is wrong: run"
              + " \"kernels update\"");
    }
    return image;
  }

  /** Remembered in the cache, so that a substitute can be had again without a network. */
  private boolean hasLeft(ArchivePackage wanted, ArchiveException e) {
    Path mark = cache.folder("kernels").resolve("left").resolve(folder(wanted));
    if (e.absent()) {
      cache.write(mark, out -> out.write(new byte[0]));
    }
    return Files.exists(mark);
  }

  private synchronized Archive archive() {
    if (opened == null) {
      opened = archive.get();
    }
    return opened;
  }

  private ArchivePackage newestPackage(Series series) {
    return series.suites().stream()
        .flatMap(suite -> packages(series, suite))
        .max(
            Comparator.comparing((ArchivePackage found) -> DebianVersion.of(found.version()))
                .thenComparing(found -> Series.isSigned(found.name()))
                .thenComparing(found -> -series.suites().indexOf(found.suite())))
        .orElseThrow(
            () ->
                new KernelException(
                    "the archive has no kernel of the series "
                        + series.series()
                        + " in "
                        + String.join(", ", series.suites())
                        + " any more: give a bzImage or a kernel .deb by path"));
  }

  /** A suite that was retired is no obstacle while another has the series. */
  private Stream<ArchivePackage> packages(Series series, String suite) {
    try {
      return archive().index(suite).packages().filter(found -> series.isHeldBy(found.name()));
    } catch (ArchiveException e) {
      if (!e.absent()) {
        throw e;
      }
      progress.say(e.getMessage());
      return Stream.empty();
    }
  }

  private synchronized KernelImage image(ArchivePackage found) {
    KernelPackage origin =
        new KernelPackage(found.name(), found.version(), found.suite(), found.sha256());
    KernelImage image = store.image(folder(found), origin, () -> archive().fetch(found));
    if (opened != null) {
      opened.forget(found);
    }
    return image;
  }

  private KernelImage local(Path deb) {
    try {
      Map<String, String> control = Deb.control(deb);
      String sha256 = Sha256.of(deb);
      return store.image(
          "local_" + sha256,
          new KernelPackage(
              control.getOrDefault("Package", ""),
              control.getOrDefault("Version", ""),
              KernelPackage.LOCAL,
              sha256),
          () -> deb);
    } catch (IOException | UncheckedIOException e) {
      throw new KernelException(deb + " cannot be read as a package: " + e.getMessage(), e);
    }
  }

  private static boolean isPackage(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(8), ISO_8859_1).equals("!<arch>\n");
    } catch (IOException e) {
      throw new KernelException("cannot read " + file + " (" + e + ")", e);
    }
  }

  private static String folder(ArchivePackage found) {
    return found.name() + "_" + found.version();
  }
}
