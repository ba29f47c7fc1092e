package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.pivotroot.tck.images.archive.Cache;

/**
 * Saved machines, kept between runs. An entry is complete or absent: it is made under a temporary
 * name and renamed. Two runs may use one cache at once.
 */
final class SnapshotCache {
  private static final String RAM = "ram";
  private static final String STATE = "state";
  private static final String CONSOLE = "console";
  private static final String CHECK = "check";

  private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

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
            if (!isIntact(entry)) {
              delete(entry);
              make(entry, maker);
            }
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            return new Snapshot(
                entry.resolve(RAM),
                entry.resolve(STATE),
                Files.readString(entry.resolve(CONSOLE), StandardCharsets.UTF_8));
          });
    } catch (UncheckedIOException e) {
      throw new TargetUnavailableException(
          "cannot save a booted machine as "
              + entry
              + ": "
              + e.getCause().getMessage()
              + "; free some space there, or set -Dtck.cache to another directory",
          e);
    }
  }

  private Path directory() {
    return cache.folder("snapshots");
  }

  private void make(Path entry, Maker maker) throws IOException {
    Path fresh = entry.resolveSibling(entry.getFileName() + ".tmp");
    delete(fresh);
    Files.createDirectories(fresh);
    try {
      String console = maker.save(fresh.resolve(RAM), fresh.resolve(STATE));
      Files.writeString(fresh.resolve(CONSOLE), console, StandardCharsets.UTF_8);
      Files.writeString(fresh.resolve(CHECK), checksums(fresh), StandardCharsets.UTF_8);
      makeRoom();
      Files.move(fresh, entry);
    } finally {
      delete(fresh);
    }
  }

  private static boolean isIntact(Path entry) throws IOException {
    try {
      return Files.readString(entry.resolve(CHECK), StandardCharsets.UTF_8)
          .equals(checksums(entry));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A line for each file: its name, its size, the bytes of it that are not in holes, its CRC. */
  private static String checksums(Path entry) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : List.of(RAM, STATE, CONSOLE)) {
      CRC32C crc = new CRC32C();
      long size = 0;
      long filled = 0;
      try (FileChannel channel = FileChannel.open(entry.resolve(name))) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        while (channel.read(buffer) != -1) {
          buffer.flip();
          size += buffer.limit();
          filled += isZero(buffer) ? 0 : buffer.limit();
          crc.update(buffer);
          buffer.clear();
        }
      }
      text.append(String.format("%s %d %d %x%n", name, size, filled, crc.getValue()));
    }
    return text.toString();
  }

  private static boolean isZero(ByteBuffer buffer) {
    return buffer.equals(ZEROES.slice(0, buffer.limit()));
  }

  /**
   * Leaves room for one more and deletes what killed runs left; what was used within the last ten
   * minutes may be in use.
   */
  private void makeRoom() throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.list(directory())) {
      entries = all.sorted(Comparator.comparing(SnapshotCache::lastUsed).reversed()).toList();
    }
    long total = 0;
    Instant recently = Instant.now().minusSeconds(600);
    for (Path entry : entries) {
      boolean whole = Files.exists(entry.resolve(CHECK));
      total += whole ? bytesOnDisk(entry) : 0;
      if ((!whole || total > limit) && lastUsed(entry).toInstant().isBefore(recently)) {
        delete(entry);
      }
    }
  }

  private static long bytesOnDisk(Path entry) throws IOException {
    try (Stream<String> lines = Files.lines(entry.resolve(CHECK), StandardCharsets.UTF_8)) {
      return lines.mapToLong(line -> Long.parseLong(line.split(" ", -1)[2])).sum();
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
      // Another version of this program may have put other files there.
      try (DirectoryStream<Path> files = Files.newDirectoryStream(entry)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + entry, e);
    }
  }
}
