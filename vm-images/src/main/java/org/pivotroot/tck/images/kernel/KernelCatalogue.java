package org.pivotroot.tck.images.kernel;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.DebianVersion;
import org.pivotroot.tck.images.archive.Progress;

/** The kernel series of one kind that Debian packages, and the way to an image of each. */
public final class KernelCatalogue {
  /** Every suite that may have kernels, those of most use first. */
  private static final List<String> SUITES =
      List.of(
          "sid",
          "forky",
          "experimental",
          "trixie-backports",
          "trixie-security",
          "trixie",
          "bookworm-backports",
          "bookworm-security",
          "bookworm",
          "bullseye-security",
          "bullseye");

  private static final Comparator<ArchivedKernel> BY_RELEASE =
      Comparator.comparing(ArchivedKernel::release, Choice::order)
          .thenComparing(ArchivedKernel::flavour);

  private static final Comparator<ArchivePackage> NEWEST =
      Comparator.comparing((ArchivePackage found) -> DebianVersion.of(found.version()))
          .thenComparing(found -> Series.isSigned(found.name()))
          .thenComparing(found -> -SUITES.indexOf(found.suite()));

  private final Kind kind;
  private final List<Series> catalogue;
  private final KernelLock lock;
  private final Cache cache;
  private final KernelStore store;
  private final Supplier<Archive> archive;
  private final Progress progress;
  private Archive opened;

  KernelCatalogue(
      Kind kind,
      List<Series> catalogue,
      KernelLock lock,
      Cache cache,
      Supplier<Archive> archive,
      Progress progress) {
    this.kind = kind;
    this.catalogue = catalogue;
    this.lock = lock;
    this.cache = cache;
    this.store = new KernelStore(cache, kind);
    this.archive = archive;
    this.progress = progress;
  }

  /** The catalogue with the host's archive, which is not looked for before it is needed. */
  public static KernelCatalogue ofHost(Kind kind, Cache cache) {
    return ofHost(kind, cache, Progress.HOST);
  }

  /** Like {@link #ofHost(Kind, Cache)}, telling somebody else what is going on. */
  public static KernelCatalogue ofHost(Kind kind, Cache cache, Progress progress) {
    return new KernelCatalogue(
        kind,
        Series.known(kind),
        KernelLock.ofBuild(kind),
        cache,
        () -> Archive.ofHost(cache, progress),
        progress);
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
   * Whether a word asks for something that this catalogue may have. A path does, where what lies
   * there is of this kind.
   *
   * @throws KernelException if the word means nothing to any catalogue
   */
  public boolean knows(String word) {
    Choice choice = Choice.parse(word, series());
    if (choice instanceof Choice.OfSeries chosen) {
      return isPackagedIn(chosen.flavour()) && series().stream().anyMatch(chosen::includes);
    }
    if (choice instanceof Choice.OfPath chosen) {
      return find(word, chosen.path()).isPresent();
    }
    return kind == Kind.BZ_IMAGE; // of the others the archive has one release of each series
  }

  /**
   * The images that a word asks for, oldest first.
   *
   * @param word a series ({@code 6.1}), a release ({@code 7.2.12}, {@code 7.3-rc7}), a range of
   *     series or releases ({@code 6.1..7.3}), {@code all}, {@code oldest} or {@code newest}, all
   *     with a flavour behind it if need be ({@code 7.2-rt}); or a path to an image, a .deb or .rpm
   *     that has one, or a build tree
   * @throws KernelException if it is none of these, or there is no such image
   * @throws ArchiveException if an image has to be got from the archive and cannot be
   */
  public List<KernelImage> select(String word) {
    Choice choice = Choice.parse(word, series());
    if (choice instanceof Choice.OfSeries chosen) {
      List<Series> within =
          catalogue.stream().filter(one -> chosen.includes(one.series())).toList();
      if (within.isEmpty() || !isPackagedIn(chosen.flavour())) {
        throw KernelException.unknown(word, series());
      }
      return within.stream().map(one -> ofSeries(one, chosen.flavour())).toList();
    }
    if (choice instanceof Choice.OfReleases chosen) {
      List<ArchivedKernel> within =
          releases().stream()
              .filter(one -> one.flavour().equals(chosen.flavour().suffix()))
              .filter(one -> chosen.includes(one.release()))
              .toList();
      if (within.isEmpty()) {
        throw new KernelException(
            "the archive has no kernel " + word + ": `kernels list` tells which it has");
      }
      return within.stream().map(one -> image(one.held()).named(one.name())).toList();
    }
    return List.of(ofPath(word, ((Choice.OfPath) choice).path()));
  }

  /**
   * The one image that a word asks for, see {@link #select}.
   *
   * @throws KernelException if there is none, or there are several
   */
  public KernelImage resolve(String word) {
    List<KernelImage> images = select(word);
    if (images.size() != 1) {
      throw new KernelException("\"" + word + "\" stands for several kernels: name one");
    }
    return images.get(0);
  }

  /** Of kernels for virtual machines alone there are several flavours. */
  private boolean isPackagedIn(Choice.Flavour flavour) {
    return kind == Kind.BZ_IMAGE || flavour.equals(Choice.Flavour.ORDINARY);
  }

  /** For a series it is the locked one, or where that is gone, the newest, which is then said. */
  private KernelImage ofSeries(Series series, Choice.Flavour flavour) {
    String name = flavour.name(series.series());
    return lock.of(name)
        .map(locked -> lockedOrNewest(locked, series, flavour))
        .orElseGet(() -> image(newestPackage(series, flavour)))
        .named(name);
  }

  private KernelImage ofPath(String word, Path given) {
    Path path =
        find(word, given.toAbsolutePath().normalize())
            .orElseThrow(() -> new KernelException(given + " holds " + kind.expected));
    return PackageFile.isOne(path) ? local(path) : store.of(path);
  }

  /** What a path leads to that can be of this kind, in a build tree the kernel that was built. */
  private Optional<Path> find(String word, Path path) {
    if (!Files.exists(path)) {
      throw KernelException.unknown(word, series());
    }
    if (Files.isDirectory(path)) {
      Path built = path.resolve("arch/x86/boot/bzImage");
      Path program = path.resolve("linux");
      if (!Files.isRegularFile(built) && !Files.isRegularFile(program)) {
        throw new KernelException(
            path
                + " is not a file, nor a build tree with a kernel in it: expected there is"
                + " arch/x86/boot/bzImage, or linux if it was made with ARCH=um");
      }
      return Optional.of(kind == Kind.BZ_IMAGE ? built : program)
          .filter(file -> kind != Kind.GVISOR && Files.isRegularFile(file));
    }
    boolean isThis =
        PackageFile.isOne(path)
            ? PackageFile.kind(path) == kind
            : UmlBanner.isProgram(path) ? kind == Kind.UML : kind == Kind.BZ_IMAGE;
    return isThis ? Optional.of(path) : Optional.empty();
  }

  /**
   * Every point release of every flavour that any suite of the archive has, oldest first; of
   * several packages of one release, the newest.
   *
   * @throws ArchiveException if the archive cannot be read
   */
  List<ArchivedKernel> releases() {
    Map<String, ArchivedKernel> newest = new TreeMap<>();
    for (String suite : SUITES) {
      packages(suite, ArchivedKernel.PACKAGES)
          .flatMap(held -> ArchivedKernel.in(held).stream())
          .forEach(
              found ->
                  newest.merge(
                      found.name(),
                      found,
                      (a, b) -> NEWEST.compare(a.held(), b.held()) >= 0 ? a : b));
    }
    return newest.values().stream().sorted(BY_RELEASE).toList();
  }

  /**
   * The newest image of a series that the archive has.
   *
   * @throws KernelException if the series is not in the catalogue
   * @throws ArchiveException if the archive cannot be read
   */
  public KernelImage newest(String series) {
    Series known = find(series).orElseThrow(() -> KernelException.unknown(series, series()));
    return image(newestPackage(known, Choice.Flavour.ORDINARY)).named(series);
  }

  /**
   * The newest image of every series, as a lock file.
   *
   * @throws ArchiveException if the archive cannot be read
   */
  KernelLock newestOfAll() {
    return new KernelLock(
        catalogue.stream()
            .map(one -> newestPackage(one, Choice.Flavour.ORDINARY))
            .map(found -> LockedKernel.of(found, image(found), modulesOf(found)))
            .toList());
  }

  private Optional<Series> find(String name) {
    return catalogue.stream().filter(series -> series.series().equals(name)).findFirst();
  }

  private KernelImage lockedOrNewest(LockedKernel locked, Series series, Choice.Flavour flavour) {
    ArchivePackage wanted = locked.inArchive();
    KernelImage image;
    try {
      image = image(wanted);
    } catch (ArchiveException e) {
      return substitute(wanted, series, flavour, e);
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

  /** A substitute is remembered, so that it can be had again without a network. */
  private KernelImage substitute(
      ArchivePackage wanted, Series series, Choice.Flavour flavour, ArchiveException e) {
    Path note = KeptKernels.note(cache.folder("kernels"), folder(wanted));
    ArchivePackage found;
    if (e.absent()) {
      found = newestPackage(series, flavour);
    } else if (Files.exists(note)) {
      found = LockedKernel.read(note).inArchive();
    } else {
      throw e;
    }
    progress.say(
        folder(wanted)
            + ", which the committed results of "
            + series.series()
            + " were made with, has left the archive: "
            + folder(found)
            + " is taken instead");
    KernelImage image = image(found);
    cache.write(note, LockedKernel.of(found, image, Optional.empty())::write);
    return image;
  }

  private synchronized Archive archive() {
    if (opened == null) {
      opened = archive.get();
    }
    return opened;
  }

  private ArchivePackage newestPackage(Series series, Choice.Flavour flavour) {
    Pattern names =
        kind == Kind.BZ_IMAGE ? ArchivedKernel.PACKAGES : Pattern.compile(series.packages());
    return series.suites().stream()
        .flatMap(suite -> packages(suite, names))
        .filter(found -> series.isHeldBy(found.name(), flavour))
        .max(
            Comparator.comparing((ArchivePackage found) -> DebianVersion.of(found.version()))
                .thenComparing(found -> Series.isSigned(found.name()))
                .thenComparing(found -> -series.suites().indexOf(found.suite())))
        .orElseThrow(
            () ->
                new KernelException(
                    "the archive has no kernel of the series "
                        + flavour.name(series.series())
                        + " in "
                        + String.join(", ", series.suites())
                        + " any more: give a bzImage or a kernel .deb by path"));
  }

  /** A suite that was retired is no obstacle while another has what is wanted. */
  private Stream<ArchivePackage> packages(String suite, Pattern names) {
    try {
      return archive().named(suite, names).stream();
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
    List<ArchivePackage> fetched = new ArrayList<>();
    KernelImage image =
        store.image(
            folder(found),
            origin,
            () -> {
              List<Path> packages = new ArrayList<>(List.of(archive().fetch(found)));
              fetched.add(found);
              for (ArchivePackage more : modulesOf(found).stream().toList()) {
                archive().fetchIfThere(more).ifPresent(packages::add);
                fetched.add(more);
              }
              return packages;
            });
    fetched.forEach(one -> archive().forget(one));
    return image;
  }

  /**
   * What holds the modules if the image's package does not. It leaves the archive's index before
   * the image's package does, and is known by the lock from then on.
   */
  private Optional<ArchivePackage> modulesOf(ArchivePackage image) {
    return lock.modulesOf(image)
        .or(
            () ->
                ArchivedKernel.modules(image.name()).stream()
                    .flatMap(names -> packages(image.suite(), names))
                    .filter(found -> found.version().equals(image.version()))
                    .findFirst());
  }

  private KernelImage local(Path packed) {
    KernelPackage origin = PackageFile.origin(packed);
    try {
      return store.image("local_" + origin.sha256(), origin, () -> List.of(packed));
    } catch (UncheckedIOException e) {
      throw PackageFile.unreadable(packed, e);
    }
  }

  /** Name of the folder in which what is in a package is kept. */
  static String folder(ArchivePackage found) {
    return found.name() + "_" + found.version();
  }
}
