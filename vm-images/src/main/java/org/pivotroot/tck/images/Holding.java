package org.pivotroot.tck.images;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Manifest;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.kernel.KeptKernels;

/**
 * One thing that the cache holds, which is made, fetched and deleted as a whole.
 *
 * @param kind the folder that it is in, such as {@code kernels}
 * @param path the file or folder itself
 * @param bytes room that it takes; a hole in a file takes none
 * @param used when it was made, or last used where that is noted
 */
public record Holding(String kind, Path path, long bytes, Instant used) {
  /** Empty files that are never removed: who waits for one must find it again. */
  private static final String LOCKS = "locks";

  /** All that the cache holds, by kind and then by age, the youngest first. */
  public static List<Holding> of(Cache cache) {
    List<Holding> found = new ArrayList<>();
    for (Path kind : children(cache.directory())) {
      String name = kind.getFileName().toString();
      if (Files.isDirectory(kind) && !name.equals(LOCKS)) {
        children(kind).forEach(path -> found.add(of(name, path)));
      }
    }
    found.sort(
        Comparator.comparing(Holding::kind)
            .thenComparing(Holding::used, Comparator.reverseOrder())
            .thenComparing(Holding::path));
    return found;
  }

  private static Holding of(String kind, Path path) {
    try {
      return new Holding(kind, path, size(path), Files.getLastModifiedTime(path).toInstant());
    } catch (IOException | UncheckedIOException e) {
      return new Holding(kind, path, 0, Instant.now()); // another run has just removed it
    }
  }

  private static long size(Path path) throws IOException {
    Optional<Manifest> manifest = Files.isDirectory(path) ? Manifest.read(path) : Optional.empty();
    long described = manifest.map(Manifest::bytesOnDisk).orElse(0L);
    try (Stream<Path> files = Files.walk(path)) {
      return described
          + files
              .filter(Files::isRegularFile)
              .filter(
                  file ->
                      manifest.isEmpty()
                          || !manifest.get().files().containsKey(path.relativize(file).toString()))
              .mapToLong(file -> file.toFile().length())
              .sum();
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      throw CacheException.of("cannot list " + folder, e);
    }
  }

  /** Whether it is what it was when it was put there, as far as that can be told. */
  public boolean isSound() {
    try {
      return switch (kind) {
        case "kernels" -> KeptKernels.isSound(path);
        case "guest" -> isAsDescribed(path) && isAbsentOrDescribed(path.resolve("unpacked"));
        case "snapshots", "programs", "accelerator" -> isAsDescribed(path);
        case "indices" -> indicesAreSound();
        case "debs" -> isPackage();
        case "pages" -> isZip();
        default -> true;
      };
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isAsDescribed(Path folder) throws IOException {
    return Manifest.verified(folder).isPresent();
  }

  private static boolean isAbsentOrDescribed(Path folder) throws IOException {
    return !Files.exists(folder) || isAsDescribed(folder);
  }

  /** An index has its checksum in its name. */
  private boolean indicesAreSound() throws IOException {
    for (Path file : children(path)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".xz") && !name.equals("Packages-" + Sha256.of(file) + ".xz")) {
        return false;
      }
    }
    return true;
  }

  private boolean isPackage() throws IOException {
    Deb.forEach(path, (entry, content) -> content.transferTo(OutputStream.nullOutputStream()));
    return true;
  }

  private boolean isZip() throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        zip.getInputStream(entry).readAllBytes();
      }
      return true;
    } catch (ZipException e) {
      return false;
    }
  }

  /** Removes it, when nobody works on it. */
  public void remove(Cache cache) {
    try {
      cache.locked(
          path,
          () -> {
            Cache.deleteTree(path);
            return path;
          });
    } catch (UncheckedIOException e) {
      throw CacheException.of("cannot remove " + path, e.getCause());
    }
  }
}
