package org.pivotroot.tck.images.archive;

import java.util.List;
import java.util.stream.Stream;

/**
 * A binary package as an index describes it.
 *
 * @param suite the suite whose index it is from, such as {@code sid}
 * @param name package name
 * @param version package version, see {@link DebianVersion}
 * @param architecture {@code amd64} or {@code all}
 * @param source name of the source package
 * @param depends the field of that name, or ""
 * @param preDepends the field of that name, or ""
 * @param provides the field of that name, or ""
 * @param filename where the package lies, relative to the archive's address
 * @param size bytes of the .deb
 * @param sha256 checksum of the .deb, in hexadecimal
 */
public record ArchivePackage(
    String suite,
    String name,
    String version,
    String architecture,
    String source,
    String depends,
    String preDepends,
    String provides,
    String filename,
    long size,
    String sha256) {

  /** What the package needs: every element of the list, by any of the alternatives in it. */
  public List<List<Relation>> needs() {
    return Stream.of(preDepends, depends).flatMap(field -> Relation.parse(field).stream()).toList();
  }

  /**
   * What the package provides beside its own name; the version, where there is one, is with "=".
   */
  public List<Relation> provided() {
    return Relation.parse(provides).stream().flatMap(List::stream).toList();
  }
}
