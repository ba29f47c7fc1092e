package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.images.archive.ArchivePackage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kernels that results were made with, one of each series.
 *
 * @param kernels in the catalogue's order
 */
public record KernelLock(List<LockedKernel> kernels) {
  /** Name of the committed file of kernels for virtual machines, and of the resource. */
  static final String FILE = "kernels.lock.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The lock file of a kind that the suite was built with. */
  static KernelLock ofBuild(Kind kind) {
    try (InputStream in = KernelLock.class.getResourceAsStream(kind.lock)) {
      return in == null ? new KernelLock(List.of()) : JSON.readValue(in, KernelLock.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JacksonException e) {
      throw new KernelException(
          kind.lock + " is damaged (" + e.getOriginalMessage() + "): run \"kernels update\"", e);
    }
  }

  /** The kernel of a series, if one is locked. */
  public Optional<LockedKernel> of(String series) {
    return kernels.stream().filter(kernel -> kernel.series().equals(series)).findFirst();
  }

  /**
   * What holds the modules of the image in a package; empty if it is not locked, or none is known.
   */
  Optional<ArchivePackage> modulesOf(ArchivePackage image) {
    return kernels.stream()
        .filter(kernel -> kernel.sha256().equals(image.sha256()))
        .flatMap(kernel -> kernel.modulesInArchive().stream())
        .findFirst();
  }

  /**
   * Writes the lock file.
   *
   * @throws KernelException if it cannot be written
   */
  void write(Path file) {
    try {
      Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new KernelException(
          "cannot write the lock file " + file + " (" + e + "): name another with --lock", e);
    }
  }
}
