package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Manifest;

/**
 * Saved machines, kept between runs. An entry is complete or absent: it is made under a temporary
 * name and renamed. Two runs may use one cache at once.
 */
final class SnapshotCache {
  private static final String RAM = "ram";
  private static final String STATE = "state";
  private static final String CONSOLE = "console";
  private static final List<String> FILES = List.of(RAM, STATE, CONSOLE);

  private final Cache cache;
  private final long limit;
  private final Map<String, Snapshot> verified = new ConcurrentHashMap<>();

  /**
   * The snapshots of a cache directory.
   *
   * @param limit size in bytes that the least recently used entries make room for
   */
  SnapshotCache(Cache cache, long limit) {
    this.cache = cache;
    this.limit = limit;
  }

  /** Makes a snapshot's files. */
  interface Maker {
    /**
     * Boots a machine whose memory is the file {@code ram}, saves its devices to {@code state}, and
     * ends it.
     *
     * @return what its console showed
     */
    String save(Path ram, Path state) throws IOException;
  }

  /** The snapshot of this key: a verified one from the cache, or else a new one. */
  Snapshot get(String key, Maker maker) {
    return verified.computeIfAbsent(key, missing -> locked(missing, maker));
  }

  /** Forgets and deletes a snapshot that turned out to be unusable. */
  void discard(String key, Snapshot unusable) {
    if (verified.remove(key, unusable)) {
      delete(directory().resolve(key));
    }
  }

  private Snapshot locked(String key, Maker maker) {
    Path entry = directory().resolve(key);
    try {
      return cache.locked(
          entry,
          () -> {
            if (Manifest.verified(entry).isEmpty()) {
              delete(entry);
              make(entry, maker);
              makeRoom();
            }
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            return new Snapshot(
                entry.resolve(RAM),
                entry.resolve(STATE),
                Files.readString(entry.resolve(CONSOLE), StandardCharsets.UTF_8));
          });
    } catch (UncheckedIOException e) {
      throw new TargetUnavailableException(
          CacheException.of("cannot save a booted machine as " + entry, e.getCause()).getMessage(),
          e);
    }
  }

  private Path directory() {
    return cache.folder("snapshots");
  }

  private void make(Path entry, Maker maker) {
    cache.make(
        entry,
        FILES,
        fresh -> {
          String console = maker.save(fresh.resolve(RAM), fresh.resolve(STATE));
          Files.writeString(fresh.resolve(CONSOLE), console, StandardCharsets.UTF_8);
        });
  }

  /** Deletes what was used longest ago; what was used within the last ten minutes may be in use. */
  private void makeRoom() throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.list(directory())) {
      entries =
          all.filter(entry -> !entry.getFileName().toString().startsWith("."))
              .sorted(Comparator.comparing(SnapshotCache::lastUsed).reversed())
              .toList();
    }
    long total = 0;
    Instant recently = Instant.now().minusSeconds(600);
    for (Path entry : entries) {
      Optional<Manifest> manifest = Manifest.read(entry);
      total += manifest.map(Manifest::bytesOnDisk).orElse(0L);
      if ((manifest.isEmpty() || total > limit) && lastUsed(entry).toInstant().isBefore(recently)) {
        delete(entry);
      }
    }
  }

  private static FileTime lastUsed(Path entry) {
    try {
      return Files.getLastModifiedTime(entry);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void delete(Path entry) {
    try {
      Cache.deleteTree(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + entry, e);
    }
  }
}
