package org.pivotroot.tck.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which commit came before which. */
@FunctionalInterface
public interface History {

  /**
   * Whether a commit is an ancestor of another; empty if nothing is known of one of them.
   *
   * @param earlier a commit
   * @param later another
   */
  Optional<Boolean> isAncestor(String earlier, String later);

  /** That of the checkout which a directory is in, by Git. */
  static History of(Path directory) {
    return (earlier, later) -> {
      try {
        Process git =
            new ProcessBuilder("git", "merge-base", "--is-ancestor", earlier, later)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return switch (git.waitFor()) {
          case 0 -> Optional.of(true);
          case 1 -> Optional.of(false);
          default -> Optional.empty();
        };
      } catch (IOException e) {
        return Optional.empty(); // no git on this host, or no such directory
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ReportException("interrupted while git compared two commits", e);
      }
    };
  }
}
