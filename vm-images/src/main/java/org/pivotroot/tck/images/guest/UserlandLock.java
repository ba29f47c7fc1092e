package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Progress;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packages of the userland that the committed results were made with.
 *
 * @param packages by name
 */
record UserlandLock(List<Entry> packages) {
  static final String FILE = "userland.lock.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * One package.
   *
   * @param name package name
   * @param version package version
   * @param suite where it was found
   * @param sha256 checksum of the .deb
   * @param size bytes of the .deb
   * @param filename where it lies, relative to the archive's address
   */
  record Entry(
      String name, String version, String suite, String sha256, long size, String filename) {
    ArchivePackage asPackage() {
      return new ArchivePackage(
          suite, name, version, "amd64", name, "", "", "", filename, size, sha256);
    }
  }

  UserlandLock {
    packages = packages.stream().sorted(Comparator.comparing(Entry::name)).toList();
  }

  /** The lock file of this project. */
  static UserlandLock committed() {
    try (InputStream in = UserlandLock.class.getResourceAsStream(FILE)) {
      return JSON.readValue(in, UserlandLock.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A lock of these packages. */
  static UserlandLock of(Collection<ArchivePackage> packages) {
    return new UserlandLock(
        packages.stream()
            .map(
                one ->
                    new Entry(
                        one.name(),
                        one.version(),
                        one.suite(),
                        one.sha256(),
                        one.size(),
                        one.filename()))
            .toList());
  }

  /** The newest packages of the suite that make up the userland. */
  static UserlandLock newest(Archive archive) {
    return of(
        Userland.closure(Userland.WANTED, Userland.LEFT_OUT, archive.index(Userland.SUITE)::newest)
            .values());
  }

  /** Writes the lock file. */
  void write(Path file) throws IOException {
    Files.writeString(
        file, JSON.writeValueAsString(this).replace("\r\n", "\n") + "\n", StandardCharsets.UTF_8);
  }

  /** Packages that were got, as files. */
  record Fetched(UserlandLock lock, List<Path> debs) {}

  /**
   * Gets the packages. Where the archive no longer has one of them, the newest of the suite are
   * taken, all of them: a library of one version need not go with a program of another.
   *
   * @param fetch gets one package
   * @param newest finds the suite's newest
   * @throws ArchiveException if a package cannot be got
   */
  Fetched fetch(
      Function<ArchivePackage, Path> fetch, Supplier<UserlandLock> newest, Progress progress) {
    try {
      return new Fetched(this, all(fetch));
    } catch (ArchiveException e) {
      if (!e.absent()) {
        throw e;
      }
      UserlandLock instead = newest.get();
      progress.say(
          "the archive no longer has all packages of userland.lock.json ("
              + e.getMessage()
              + "); the newest of "
              + Userland.SUITE
              + " are used instead: "
              + String.join(", ", instead.differences(this)));
      return new Fetched(instead, instead.all(fetch));
    }
  }

  private List<Path> all(Function<ArchivePackage, Path> fetch) {
    return packages.stream().map(Entry::asPackage).map(fetch).toList();
  }

  private List<String> differences(UserlandLock other) {
    return packages.stream()
        .filter(one -> !other.packages.contains(one))
        .map(one -> one.name() + " " + one.version())
        .toList();
  }
}
