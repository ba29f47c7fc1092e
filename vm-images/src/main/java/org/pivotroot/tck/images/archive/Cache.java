package org.pivotroot.tck.images.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder outside the build tree where everything is kept that was costly to get. A file that
 * stands there under its name is complete: it was written under a temporary name, checked, and
 * renamed. Several runs may use one cache at once.
 */
public final class Cache {
  private static final String TEMPORARY = ".part";
  private static final Map<Path, ReentrantLock> WITHIN_THIS_JVM = new ConcurrentHashMap<>();

  private final Path directory;

  /** A cache in a folder, which is made when it is first used. */
  public Cache(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The cache of this host: the environment's TCK_CACHE, else the property tck.cache, else
   * pivot-root-tck in the environment's XDG_CACHE_HOME, else in the home folder's .cache.
   */
  public static Cache ofHost() {
    return new Cache(
        given(System.getenv("TCK_CACHE"))
            .or(() -> given(System.getProperty("tck.cache")))
            .orElseGet(
                () ->
                    given(System.getenv("XDG_CACHE_HOME"))
                        .orElseGet(() -> home().resolve(".cache"))
                        .resolve("pivot-root-tck")));
  }

  /** The user's home folder: the environment's HOME, else what the host has for the user. */
  public static Path home() {
    return given(System.getenv("HOME")).orElseGet(() -> Path.of(System.getProperty("user.home")));
  }

  private static Optional<Path> given(String path) {
    return path == null || path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }

  /** The folder itself. */
  public Path directory() {
    return directory;
  }

  /**
   * A folder within the cache, made if it is not there.
   *
   * @throws CacheException if it cannot be made
   */
  public Path folder(String name) {
    Path folder = directory.resolve(name);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw CacheException.unwritable(folder, e);
    }
  }

  /** Something to do while nobody else works on the same file. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Does something to a file or folder in the cache while no other thread and no other run that
   * asks for the same one does anything to it.
   *
   * @throws UncheckedIOException if the work threw an IOException
   */
  public <T> T locked(Path target, Work<T> work) {
    Path normal = target.toAbsolutePath().normalize();
    ReentrantLock lock = WITHIN_THIS_JVM.computeIfAbsent(normal, path -> new ReentrantLock());
    lock.lock();
    try {
      if (lock.getHoldCount() > 1) {
        return work.run();
      }
      try (FileChannel channel = openLock(normal);
          FileLock held = channel.lock()) {
        assert held.isValid();
        return work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /** A lock file stays when it is released: to remove it could part two who wait for it. */
  private FileChannel openLock(Path target) {
    String name = directory.relativize(target).toString().replace('/', '_');
    Path lock = folder("locks").resolve(name + ".lock");
    try {
      return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw CacheException.unwritable(lock, e);
    }
  }

  /**
   * A file of known checksum: the one in the cache if it is sound, else made anew.
   *
   * @param target where the file belongs, within the cache
   * @param size bytes that it must have
   * @param sha256 checksum that it must have
   * @param content writes the file where it is not there or not sound
   * @return the target
   * @throws ArchiveException if what was written is not what was asked for
   * @throws CacheException if it cannot be kept
   */
  public Path obtain(Path target, long size, String sha256, Content content, Progress progress) {
    return locked(
        target,
        () -> {
          if (Files.exists(target)) {
            if (isSound(target, size, sha256)) {
              return target;
            }
            progress.say(target + " is damaged; it is fetched again");
            Files.delete(target);
          }
          write(target, size, sha256, content);
          return target;
        });
  }

  /** Whether a file has a size and a checksum. */
  private static boolean isSound(Path file, long size, String sha256) throws IOException {
    return Files.size(file) == size && Sha256.of(file).equals(sha256);
  }

  private void write(Path target, long size, String sha256, Content content) throws IOException {
    Path temporary = temporary(target);
    MessageDigest digest = Sha256.digest();
    try {
      try (OutputStream out = create(temporary)) {
        content.writeTo(new DigestOutputStream(out, digest));
      }
      long written = Files.size(temporary);
      String got = Sha256.hex(digest);
      if (written != size || !got.equals(sha256)) {
        throw new ArchiveException(
            target.getFileName()
                + " is not what the signed index speaks of: expected "
                + size
                + " bytes with SHA-256 "
                + sha256
                + ", got "
                + written
                + " bytes with "
                + got
                + ". It was thrown away. Try again later, or take another mirror of Debian with"
                + " -Dtck.archive=ADDRESS");
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Writes a file whose content is known to be right, in place of what was there; a reader sees the
   * old file or the new one whole.
   *
   * @throws CacheException if it cannot be kept
   */
  public void write(Path target, Content content) {
    locked(
        target,
        () -> {
          Path temporary = temporary(target);
          try {
            try (OutputStream out = create(temporary)) {
              content.writeTo(out);
            }
            return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            Files.deleteIfExists(temporary);
          }
        });
  }

  /** Fills a folder. */
  @FunctionalInterface
  public interface Filling {
    /** Makes the files; the folder is there and empty. */
    void fill(Path folder) throws IOException;
  }

  /**
   * Makes a folder in place of what was there, in one step: it is filled under a temporary name,
   * described by a {@link Manifest}, and renamed. What a killed run left of it is removed.
   *
   * @param files names of the files in it that the manifest is to speak of
   * @throws UncheckedIOException if the filling threw an IOException
   */
  public void make(Path target, List<String> files, Filling filling) {
    locked(
        target,
        () -> {
          Path temporary = temporary(target);
          try {
            deleteTree(temporary);
            Files.createDirectories(temporary);
            filling.fill(temporary);
            Manifest.write(temporary, files);
            deleteTree(target);
            return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            deleteTree(temporary);
          }
        });
  }

  /** Deletes a file, or a folder with all in it; nothing if it is not there. */
  public static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(top)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }

  private static Path temporary(Path target) {
    return target.resolveSibling("." + target.getFileName() + TEMPORARY);
  }

  /** A full disk is told apart from a broken connection, which other streams complain about. */
  private OutputStream create(Path temporary) {
    OutputStream file;
    try {
      Files.createDirectories(temporary.getParent());
      file = Files.newOutputStream(temporary);
    } catch (IOException e) {
      throw CacheException.unwritable(temporary, e);
    }
    return new FilterOutputStream(file) {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          throw CacheException.unwritable(temporary, e);
        }
      }
    };
  }

  /** Removes what killed runs left; what another run is making just now stays. */
  public void removeLeftovers() {
    for (Path temporary : temporaries()) {
      String name = temporary.getFileName().toString();
      Path target = temporary.resolveSibling(name.substring(1, name.length() - TEMPORARY.length()));
      ReentrantLock lock = WITHIN_THIS_JVM.computeIfAbsent(target, path -> new ReentrantLock());
      if (lock.tryLock()) {
        try (FileChannel channel = openLock(target);
            FileLock held = channel.tryLock()) {
          if (held != null) {
            deleteTree(temporary);
          }
        } catch (IOException e) {
          throw CacheException.unwritable(temporary, e);
        } finally {
          lock.unlock();
        }
      }
    }
  }

  private List<Path> temporaries() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("."))
          .filter(file -> file.getFileName().toString().endsWith(TEMPORARY))
          .toList();
    } catch (IOException e) {
      throw CacheException.of("cannot list the cache " + directory, e);
    }
  }
}
