package org.pivotroot.tck.coverage;

import java.util.List;
import org.pivotroot.tck.images.archive.ArchivePackage;

/**
 * One edition of a project's manual pages, as a suite of the distribution packages it.
 *
 * @param project such as {@code man-pages}
 * @param version the project's own version, such as {@code 6.03}
 * @param suite where it was found
 * @param packages what holds its pages
 */
record Edition(String project, String version, String suite, List<Locked> packages) {
  Edition {
    packages = List.copyOf(packages);
  }

  /**
   * A package.
   *
   * @param name package name
   * @param version package version
   * @param sha256 checksum of the .deb
   * @param size bytes of the .deb
   * @param filename where it lies, relative to the archive's address
   */
  record Locked(String name, String version, String sha256, long size, String filename) {
    static Locked of(ArchivePackage found) {
      return new Locked(
          found.name(), found.version(), found.sha256(), found.size(), found.filename());
    }

    ArchivePackage asPackage(String suite) {
      return new ArchivePackage(
          suite, name, version, "all", name, "", "", "", filename, size, sha256);
    }
  }

  /** Project and version. */
  String name() {
    return project + " " + version;
  }
}
