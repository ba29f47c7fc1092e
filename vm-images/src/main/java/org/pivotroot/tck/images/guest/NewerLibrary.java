package org.pivotroot.tck.images.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Deb;
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

  private static final String MARK = "complete";

  /**
   * The program with the C library of the locked userland, made if it is not in the cache.
   *
   * @throws GuestImageException if the program has another interpreter than Debian's
   * @throws ArchiveException if the library cannot be got
   */
  public static NewerLibrary of(Cache cache, Path program) {
    try {
      List<ArchivePackage> library =
          UserlandLock.committed().packages().stream()
              .filter(one -> one.name().equals(PACKAGE))
              .map(UserlandLock.Entry::asPackage)
              .toList();
      String key = Sha256.of(Sha256.of(program) + library.get(0).sha256());
      Path folder = cache.folder("programs").resolve(key);
      NewerLibrary made = new NewerLibrary(folder, folder.resolve("program"));
      return cache.locked(
          folder,
          () -> {
            if (!Files.exists(folder.resolve(MARK))) {
              made.make(cache, program, library);
            }
            return made;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make(Cache cache, Path original, List<ArchivePackage> library) throws IOException {
    Files.createDirectories(folder);
    Archive archive = Archive.ofHost(cache);
    UserlandLock.Fetched fetched =
        UserlandLock.of(library)
            .fetch(
                archive::fetch,
                () -> UserlandLock.of(archive.index(Userland.SUITE).named(PACKAGE)),
                Progress.STDERR);
    for (Path deb : fetched.debs()) {
      Deb.forEach(
          deb,
          (entry, content) -> {
            var name = NEEDED.matcher(entry.getName());
            if (entry.isFile() && entry.getSize() > 0 && name.matches()) {
              Path file = folder.resolve(name.group(1));
              cache.write(file, content::transferTo);
              makeExecutable(file);
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
    cache.write(program, out -> out.write(bytes));
    makeExecutable(program);
    cache.write(folder.resolve(MARK), out -> {});
  }

  private static void makeExecutable(Path file) {
    if (!file.toFile().setExecutable(true, false)) {
      throw new GuestImageException("cannot make " + file + " executable");
    }
  }
}
