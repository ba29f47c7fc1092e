package org.pivotroot.tck.images.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.pivotroot.tck.images.archive.ArchivePackage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A kernel that results were made with, as the lock file has it.
 *
 * @param series such as {@code 6.1}
 * @param packageName name of the package that holds the image
 * @param packageVersion its version
 * @param suite the suite in which it was found
 * @param filename where it lay, relative to the archive's address
 * @param size bytes of the .deb
 * @param sha256 checksum of the .deb, in hexadecimal
 * @param release what uname(2) calls release
 * @param version what uname(2) calls version
 * @param imageSha256 checksum of the image, in hexadecimal
 * @param modules the package that has its modules; null if the image's has, or none is known
 */
public record LockedKernel(
    String series,
    @JsonProperty("package") String packageName,
    String packageVersion,
    String suite,
    String filename,
    long size,
    String sha256,
    String release,
    String version,
    String imageSha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) Modules modules) {

  /**
   * A package of modules.
   *
   * @param packageName its name
   * @param filename where it lay, relative to the archive's address
   * @param size bytes of the .deb
   * @param sha256 checksum of the .deb, in hexadecimal
   */
  record Modules(
      @JsonProperty("package") String packageName, String filename, long size, String sha256) {
    private static Modules of(ArchivePackage found) {
      return new Modules(found.name(), found.filename(), found.size(), found.sha256());
    }
  }

  static LockedKernel of(
      ArchivePackage found, KernelImage image, Optional<ArchivePackage> modules) {
    return new LockedKernel(
        image.series(),
        found.name(),
        found.version(),
        found.suite(),
        found.filename(),
        found.size(),
        found.sha256(),
        image.release(),
        image.version(),
        image.sha256(),
        modules.map(Modules::of).orElse(null));
  }

  static LockedKernel read(Path note) {
    try {
      return JsonMapper.shared().readValue(note, LockedKernel.class);
    } catch (JacksonException e) {
      throw new KernelException(note + " is damaged: remove it", e);
    }
  }

  void write(OutputStream out) throws IOException {
    out.write(JsonMapper.shared().writeValueAsBytes(this));
  }

  /** The image as it is expected in a folder. */
  KernelImage image(Path folder, Kind kind) {
    return new KernelImage(
        folder.resolve(kind.file),
        kind,
        series,
        release,
        version,
        series,
        Optional.of(new KernelPackage(packageName, packageVersion, suite, sha256)),
        imageSha256,
        KernelStore.modules(folder));
  }

  /** The package as far as it takes to fetch it. */
  ArchivePackage inArchive() {
    return inArchive(packageName, filename, size, sha256);
  }

  /** The package of the modules, likewise. */
  Optional<ArchivePackage> modulesInArchive() {
    return Optional.ofNullable(modules)
        .map(one -> inArchive(one.packageName(), one.filename(), one.size(), one.sha256()));
  }

  private ArchivePackage inArchive(String name, String where, long bytes, String sum) {
    return new ArchivePackage(
        suite, name, packageVersion, "amd64", "linux", "", "", "", where, bytes, sum);
  }
}
