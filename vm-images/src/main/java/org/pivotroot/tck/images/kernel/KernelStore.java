package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /** What stands beside an image, so that a changed one is noticed. */
  private record Taken(String debSha256, String imageSha256) {}

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
   * @param deb gives the package if it is needed
   */
  KernelImage image(String folder, KernelPackage origin, Supplier<Path> deb) {
    Path home = cache.folder("kernels").resolve(folder);
    try {
      return cache.locked(home, () -> sound(home, origin, deb));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof FileSystemException)) {
        throw e; // of what is in the package
      }
      throw CacheException.of("cannot keep the kernel in " + home, e.getCause());
    }
  }

  private KernelImage sound(Path home, KernelPackage origin, Supplier<Path> deb)
      throws IOException {
    Path image = home.resolve(kind.file);
    Optional<Taken> taken = taken(home).filter(t -> t.debSha256().equals(origin.sha256()));
    if (taken.isEmpty()
        || !Files.exists(image)
        || !Sha256.of(image).equals(taken.get().imageSha256())) {
      extract(deb.get(), image);
      String now = JSON.writeValueAsString(new Taken(origin.sha256(), Sha256.of(image)));
      cache.write(home.resolve("taken.json"), out -> out.write(now.getBytes(UTF_8)));
    }
    return of(image, Optional.of(origin));
  }

  boolean has(String folder, String imageSha256) {
    Path image = cache.directory().resolve("kernels").resolve(folder).resolve(kind.file);
    try {
      return Files.exists(image) && Sha256.of(image).equals(imageSha256);
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
        return Sha256.of(image).equals(taken.get().imageSha256());
      }
    }
    return false;
  }

  /** The image that lies at a path. */
  KernelImage of(Path image, Optional<KernelPackage> origin) {
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
          Sha256.of(image));
    } catch (IOException e) {
      throw new KernelException("cannot read " + image + " (" + e + ")", e);
    }
  }

  private static Optional<Taken> taken(Path home) throws IOException {
    Path file = home.resolve("taken.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Taken.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private void extract(Path packed, Path image) throws IOException {
    boolean[] found = {false};
    if (Rpm.isOne(packed)) {
      Rpm.search(
          packed,
          (entry, content) ->
              found[0] = entry.isRegularFile() && take(entry.getName(), content, image));
    } else {
      Deb.search(
          packed,
          (entry, content) -> {
            found[0] = entry.isFile() && take(entry.getName(), content, image);
            return !found[0];
          });
    }
    if (!found[0]) {
      throw new KernelException(packed + " holds " + kind.expected);
    }
    if (kind != Kind.BZ_IMAGE && !image.toFile().setExecutable(true, false)) {
      throw new KernelException("cannot make " + image + " executable");
    }
  }

  private boolean take(String name, InputStream content, Path image) {
    boolean wanted = kind.inPackage.matcher(name).matches();
    if (wanted) {
      cache.write(image, content::transferTo);
    }
    return wanted;
  }
}
