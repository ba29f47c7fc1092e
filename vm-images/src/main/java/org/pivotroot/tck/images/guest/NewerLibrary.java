package org.pivotroot.tck.images.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Manifest;
import org.pivotroot.tck.images.archive.Progress;
import org.pivotroot.tck.images.archive.Sha256;

/**
 * A program of the host's, with the guests' C library in place of the host's, which is too old for
 * it. Nothing of the host changes: the program is a copy that asks for another interpreter. To name
 * that on a command line will not do for a program that executes itself again.
 *
 * @param folder holds the program and the library
 * @param program the copy, to be started with the folder as its working directory
 */
public record NewerLibrary(Path folder, Path program) {
  private static final String PACKAGE = "libc6";
  private static final Pattern NEEDED =
      Pattern.compile("(?:\\./)?(?:usr/)?lib.*/(ld-linux-x86-64\\.so\\.2|lib[a-z]+\\.so\\.[0-9])");
  private static final String INTERPRETER = "/lib64/ld-linux-x86-64.so.2\0";

  /** As long as the other, so that nothing in the file moves; found in the working directory. */
  private static final String BESIDE = ".//////ld-linux-x86-64.so.2\0";

  private static final String PROGRAM = "program";

  /**
   * The program with the C library of the locked userland, made if it is not in the cache as it was
   * made once.
   *
   * @throws GuestImageException if the program has another interpreter than Debian's
   * @throws ArchiveException if the library cannot be got
   * @throws CacheException if the host does not let it be kept
   */
  public static NewerLibrary of(Cache cache, Path program) {
    Path home = cache.folder("programs");
    try {
      List<ArchivePackage> library = library();
      String key = key(Sha256.of(program));
      Path folder = home.resolve(key);
      return cache.locked(
          folder,
          () -> {
            if (Manifest.verified(folder).isEmpty()) {
              List<String> files = new ArrayList<>(List.of(PROGRAM));
              List<Path> debs = fetch(cache, library);
              cache.make(folder, files, made -> files.addAll(fill(made, program, debs)));
            }
            return new NewerLibrary(folder, folder.resolve(PROGRAM));
          });
    } catch (IOException e) {
      throw unmade(home, e);
    } catch (UncheckedIOException e) {
      throw unmade(home, e.getCause());
    }
  }

  /** Name of the folder in which a program of this checksum is kept, among the programs. */
  public static String key(String sha256) {
    return Sha256.of(sha256 + library().get(0).sha256());
  }

  private static List<ArchivePackage> library() {
    return UserlandLock.committed().packages().stream()
        .filter(one -> one.name().equals(PACKAGE))
        .map(UserlandLock.Entry::asPackage)
        .toList();
  }

  private static CacheException unmade(Path home, IOException e) {
    return CacheException.of("cannot make a program with a newer C library in " + home, e);
  }

  private static List<Path> fetch(Cache cache, List<ArchivePackage> library) {
    Archive archive = Archive.ofHost(cache);
    return UserlandLock.of(library)
        .fetch(
            archive::fetch,
            () -> UserlandLock.of(archive.index(Userland.SUITE).named(PACKAGE)),
            Progress.HOST)
        .debs();
  }

  /** Names of the files of the library, which are now in the folder with the program. */
  private static Set<String> fill(Path folder, Path original, List<Path> debs) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path deb : debs) {
      Deb.forEach(
          deb,
          (entry, content) -> {
            var name = NEEDED.matcher(entry.getName());
            if (entry.isFile() && entry.getSize() > 0 && name.matches()) {
              Path file = folder.resolve(name.group(1));
              Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
              makeExecutable(file);
              names.add(name.group(1));
            }
          });
    }
    byte[] bytes = Files.readAllBytes(original);
    int at = new String(bytes, ISO_8859_1).indexOf(INTERPRETER);
    if (at < 0) {
      throw new GuestImageException(
          original + " does not run here, and asks for another interpreter than " + INTERPRETER);
    }
    byte[] beside = BESIDE.getBytes(ISO_8859_1);
    System.arraycopy(beside, 0, bytes, at, beside.length);
    Path program = folder.resolve(PROGRAM);
    Files.write(program, bytes);
    makeExecutable(program);
    return names;
  }

  private static void makeExecutable(Path file) {
    if (!file.toFile().setExecutable(true, false)) {
      throw new GuestImageException("cannot make " + file + " executable");
    }
  }
}
