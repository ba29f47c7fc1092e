package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The kernel images in the cache, each in a folder named after its package. */
final class KernelStore {
  private static final Pattern IMAGE =
      Pattern.compile("(?:\\./)?(?:boot/vmlinuz-[^/]+|(?:usr/)?lib/modules/[^/]+/vmlinuz)");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What stands beside an image, so that a changed one is noticed. */
  private record Taken(String debSha256, String imageSha256) {}

  private final Cache cache;

  KernelStore(Cache cache) {
    this.cache = cache;
  }

  /**
   * The image of a package, from the cache if it is sound there.
   *
   * @param folder name of the folder to keep it in
   * @param deb gives the package if it is needed
   */
  KernelImage image(String folder, KernelPackage origin, Supplier<Path> deb) {
    Path home = cache.folder("kernels").resolve(folder);
    Path image = home.resolve("vmlinuz");
    return cache.locked(
        home,
        () -> {
          Optional<Taken> taken = taken(home).filter(t -> t.debSha256().equals(origin.sha256()));
          if (taken.isEmpty()
              || !Files.exists(image)
              || !Sha256.of(image).equals(taken.get().imageSha256())) {
            extract(deb.get(), image);
            String now = JSON.writeValueAsString(new Taken(origin.sha256(), Sha256.of(image)));
            cache.write(home.resolve("taken.json"), out -> out.write(now.getBytes(UTF_8)));
          }
          return of(image, Optional.of(origin));
        });
  }

  boolean has(String folder, String imageSha256) {
    Path image = cache.folder("kernels").resolve(folder).resolve("vmlinuz");
    try {
      return Files.exists(image) && Sha256.of(image).equals(imageSha256);
    } catch (IOException e) {
      return false;
    }
  }

  /** The image that lies at a path. */
  static KernelImage of(Path image, Optional<KernelPackage> origin) {
    BootHeader header = BootHeader.read(image);
    try {
      return new KernelImage(
          image, header.release(), header.version(), header.series(), origin, Sha256.of(image));
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

  private void extract(Path deb, Path image) throws IOException {
    boolean[] found = {false};
    Deb.search(
        deb,
        (entry, content) -> {
          if (entry.isFile() && IMAGE.matcher(entry.getName()).matches()) {
            cache.write(image, content::transferTo);
            found[0] = true;
          }
          return !found[0];
        });
    if (!found[0]) {
      throw new KernelException(
          deb
              + " holds no kernel image: expected is boot/vmlinuz-RELEASE or"
              + " usr/lib/modules/RELEASE/vmlinuz. From 6.19 on Debian's linux-image packages only"
              + " lead to linux-binary, which holds it");
    }
  }
}
