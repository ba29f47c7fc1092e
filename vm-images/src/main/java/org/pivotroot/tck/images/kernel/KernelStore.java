package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Rpm;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The kernel images in the cache, each in a folder named after its package. */
final class KernelStore {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Earlier versions of this suite read another file, and load each module that it names. */
  private static final String NOTE = "contents.json";

  /**
   * What stands beside an image, so that a changed one is noticed.
   *
   * @param wanted the modules that were looked for
   */
  private record Taken(
      String debSha256,
      String imageSha256,
      List<String> wanted,
      SortedMap<String, String> modulesSha256) {
    /** Versions of this suite that wanted others took others. */
    private boolean hasModules() {
      return KernelModule.WANTED.equals(wanted);
    }

    private List<KernelModule> modules(Path home) {
      return hasModules() ? KernelModule.inOrder(home, modulesSha256) : List.of();
    }

    /** Whether that is what lies there. */
    private boolean isIn(Path home, Path image) throws IOException {
      if (!isIntact(image, imageSha256)) {
        return false;
      }
      for (KernelModule module : modules(home)) {
        if (!isIntact(module.path(), module.sha256())) {
          return false;
        }
      }
      return true;
    }

    private static boolean isIntact(Path file, String sha256) throws IOException {
      return Files.exists(file) && Sha256.of(file).equals(sha256);
    }
  }

  private final Cache cache;
  private final Kind kind;

  KernelStore(Cache cache, Kind kind) {
    this.cache = cache;
    this.kind = kind;
  }

  /**
   * The image of a package, from the cache if it is sound there.
   *
   * @param folder name of the folder to keep it in
   * @param packages give the package if it is needed, and then what else has its modules
   */
  KernelImage image(String folder, KernelPackage origin, Supplier<List<Path>> packages) {
    Path home = cache.folder("kernels").resolve(folder);
    try {
      return cache.locked(home, () -> sound(home, origin, packages));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof FileSystemException)) {
        throw e; // of what is in the package
      }
      throw CacheException.of("cannot keep the kernel in " + home, e.getCause());
    }
  }

  private KernelImage sound(Path home, KernelPackage origin, Supplier<List<Path>> packages)
      throws IOException {
    Path image = home.resolve(kind.file);
    Optional<Taken> taken = taken(home).filter(t -> t.debSha256().equals(origin.sha256()));
    if (taken.filter(Taken::hasModules).isEmpty() || !taken.get().isIn(home, image)) {
      SortedMap<String, String> modules = extract(packages.get(), image);
      String now =
          JSON.writeValueAsString(
              new Taken(origin.sha256(), Sha256.of(image), KernelModule.WANTED, modules));
      cache.write(home.resolve(NOTE), out -> out.write(now.getBytes(UTF_8)));
    }
    return of(image, Optional.of(origin), modules(home));
  }

  /** Whether an image is there with all that would be taken out of its packages. */
  boolean has(String folder, String imageSha256) {
    Path home = cache.directory().resolve("kernels").resolve(folder);
    try {
      Optional<Taken> taken =
          taken(home).filter(Taken::hasModules).filter(t -> t.imageSha256().equals(imageSha256));
      return taken.isPresent() && taken.get().isIn(home, home.resolve(kind.file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the image in a folder of the cache is the one that was taken out of a package. */
  static boolean isSound(Path home) throws IOException {
    Optional<Taken> taken = taken(home);
    for (Kind kind : Kind.values()) {
      Path image = home.resolve(kind.file);
      if (taken.isPresent() && Files.exists(image)) {
        return taken.get().isIn(home, image);
      }
    }
    return false;
  }

  /** The modules in a folder of the cache, whose files are not looked at. */
  static List<KernelModule> modules(Path home) {
    try {
      return taken(home).map(taken -> taken.modules(home)).orElse(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home, e);
    }
  }

  /** The image that lies at a path, by itself. */
  KernelImage of(Path image) {
    return of(image, Optional.empty(), List.of());
  }

  private KernelImage of(Path image, Optional<KernelPackage> origin, List<KernelModule> modules) {
    Identity identity = kind.identify(image, origin);
    try {
      return new KernelImage(
          image,
          kind,
          identity.release(),
          identity.release(),
          identity.version(),
          identity.series(),
          origin,
          Sha256.of(image),
          modules);
    } catch (IOException e) {
      throw new KernelException("cannot read " + image + " (" + e + ")", e);
    }
  }

  private static Optional<Taken> taken(Path home) throws IOException {
    Path file = home.resolve(NOTE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Taken.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes the image out of the first package, and the modules out of all.
   *
   * @return checksums of the modules, by their files' names
   */
  private SortedMap<String, String> extract(List<Path> packages, Path image) throws IOException {
    Extraction extraction = new Extraction(image);
    for (Path packed : packages) {
      extract(packed, extraction);
      if (!extraction.hasImage) {
        throw new KernelException(packed + " holds " + kind.expected);
      }
    }
    if (kind != Kind.BZ_IMAGE && !image.toFile().setExecutable(true, false)) {
      throw new KernelException("cannot make " + image + " executable");
    }
    return extraction.modules;
  }

  private static void extract(Path packed, Extraction extraction) throws IOException {
    if (Rpm.isOne(packed)) {
      Rpm.search(
          packed,
          (entry, content) ->
              entry.isRegularFile() && extraction.takesTheLast(entry.getName(), content));
    } else {
      Deb.search(
          packed,
          (entry, content) ->
              !(entry.isFile() && extraction.takesTheLast(entry.getName(), content)));
    }
  }

  /** What is wanted of the packages of one kernel. */
  private final class Extraction {
    private final Path image;
    private final SortedMap<String, String> modules = new TreeMap<>();
    private final List<String> wanted = kind == Kind.BZ_IMAGE ? KernelModule.WANTED : List.of();
    private boolean hasImage;

    private Extraction(Path image) {
      this.image = image;
    }

    /**
     * Takes a file if it is wanted, and says whether nothing is missing any more. As no kernel has
     * all modules, a package of modules is read to its end.
     */
    private boolean takesTheLast(String name, InputStream content) throws IOException {
      if (kind.inPackage.matcher(name).matches()) {
        cache.write(image, content::transferTo);
        hasImage = true;
      } else if (wanted.contains(KernelModule.name(name))) {
        Path module = image.resolveSibling(Path.of(name).getFileName());
        cache.write(module, content::transferTo);
        modules.put(module.getFileName().toString(), Sha256.of(module));
      }
      return hasImage && modules.size() == wanted.size();
    }
  }
}
