package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Cache;

/** The kernels that are in a cache, for who looks after that. */
public final class KeptKernels {
  /** Holds a note of each kernel that was taken in place of one that had left the archive. */
  private static final String LEFT = "left";

  private KeptKernels() {}

  /** Where it is noted which kernel took the place of that of a package. */
  static Path note(Path kernels, String folder) {
    return kernels.resolve(LEFT).resolve(folder + ".json");
  }

  /**
   * The locked kernels of a kind, and those that were taken in place of one of them; those that are
   * in the cache, whose files are not looked at.
   */
  public static List<KernelImage> of(Kind kind, Cache cache) {
    Path kernels = cache.directory().resolve("kernels");
    return KernelLock.ofBuild(kind).kernels().stream()
        .flatMap(locked -> withSubstitute(locked, kernels))
        .map(
            locked ->
                locked.image(kernels.resolve(KernelCatalogue.folder(locked.inArchive())), kind))
        .filter(image -> Files.exists(image.path()))
        .toList();
  }

  private static Stream<LockedKernel> withSubstitute(LockedKernel locked, Path kernels) {
    Path note = note(kernels, KernelCatalogue.folder(locked.inArchive()));
    return Files.exists(note) ? Stream.of(locked, LockedKernel.read(note)) : Stream.of(locked);
  }

  /** Whether a folder among the kernels of a cache holds what was put there. */
  public static boolean isSound(Path folder) throws IOException {
    return folder.getFileName().toString().equals(LEFT) || KernelStore.isSound(folder);
  }
}
