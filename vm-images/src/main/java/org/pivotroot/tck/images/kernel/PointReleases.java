package org.pivotroot.tck.images.kernel;

import java.util.List;
import org.pivotroot.tck.images.archive.ArchiveException;

/** The point releases that the archive has between the locked kernels of two series. */
public final class PointReleases {
  private PointReleases() {}

  /**
   * Those of the ordinary flavour, oldest first, neither of the two among them; none where a series
   * is not locked.
   *
   * @param catalogue of kernels for virtual machines
   * @throws ArchiveException if the archive cannot be read
   */
  public static List<String> between(KernelCatalogue catalogue, String older, String younger) {
    if (catalogue.lock().of(older).isEmpty() || catalogue.lock().of(younger).isEmpty()) {
      return List.of();
    }
    String from = release(catalogue.lock().of(older).get());
    String to = release(catalogue.lock().of(younger).get());
    return catalogue.releases().stream()
        .filter(kernel -> kernel.flavour().isEmpty())
        .map(ArchivedKernel::release)
        .filter(release -> Choice.order(from, release) < 0 && Choice.order(release, to) < 0)
        .toList();
  }

  /** The version of the source, such as {@code 7.2.13} of the package's {@code 7.2.13-1}. */
  private static String release(LockedKernel locked) {
    return locked
        .packageVersion()
        .replaceFirst("^(\\d+\\.\\d+(?:\\.\\d+|~rc\\d+)?).*", "$1")
        .replace('~', '-');
  }
}
