package org.pivotroot.tck.images.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The host does not let the cache be written or read. Nothing is thereby said of an archive or a
 * kernel. The message is meant for whoever started the run: what is wrong, where, and the way out.
 */
public final class CacheException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CacheException(String message, IOException cause) {
    super(message, cause);
  }

  /** What is to be said when a file cannot be written. */
  public static CacheException unwritable(Path file, IOException cause) {
    return of("cannot write " + file, cause);
  }

  /**
   * What is to be said when something cannot be done in the cache.
   *
   * @param what that cannot be done, with the file's name
   */
  public static CacheException of(String what, IOException cause) {
    String reason = reason(cause);
    return new CacheException(what + ": " + reason + ".\n" + wayOut(reason), cause);
  }

  /** The exceptions of java.nio.file hold the file's name, but not always what is wrong. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof FileSystemException named) {
      return named.getReason() == null ? e.getClass().getSimpleName() : named.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  private static String wayOut(String reason) {
    String first =
        switch (reason) {
          case "No space left on device", "Disk quota exceeded" -> "Make room there";
          case "Permission denied", "Operation not permitted", "Read-only file system" ->
              "See that you may write there";
          case "Input/output error" -> "See what the kernel's log says of this disk";
          default -> "See what stands there";
        };
    return first + ", or name another folder with TCK_CACHE or -Dtck.cache=FOLDER";
  }
}
