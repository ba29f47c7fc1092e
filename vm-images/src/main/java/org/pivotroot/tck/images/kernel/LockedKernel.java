package org.pivotroot.tck.images.kernel;

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
    String imageSha256) {

  static LockedKernel of(ArchivePackage found, KernelImage image) {
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
        image.sha256());
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
    return new ArchivePackage(
        suite, packageName, packageVersion, "amd64", "linux", "", "", "", filename, size, sha256);
  }
}
