package org.pivotroot.tck.reports.explain;

import java.util.Optional;

/** Paths below other paths. */
final class Within {
  private Within() {}

  /** A path as seen from a directory that it is in or below; empty if it is not. */
  static Optional<String> relative(String path, String directory) {
    String above = directory.endsWith("/") ? directory : directory + "/";
    if (path.equals(directory) || (path + "/").equals(above)) {
      return Optional.of("/");
    }
    return path.startsWith(above)
        ? Optional.of("/" + path.substring(above.length()))
        : Optional.empty();
  }
}
