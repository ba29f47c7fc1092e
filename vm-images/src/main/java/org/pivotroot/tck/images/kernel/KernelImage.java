package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kernel, or what stands in for one, that can be run.
 *
 * @param path the file
 * @param kind what is in it
 * @param name for people: what it was chosen by, such as {@code 6.1}, {@code 7.2-rt} or {@code
 *     7.2.12}; else its release
 * @param release what uname(2) calls release, such as {@code 6.1.0-50-amd64}
 * @param version what uname(2) calls version, which begins with "#"
 * @param series the first two numbers of the release, such as {@code 6.1}
 * @param origin the package that the image was taken from; empty for one given by path
 * @param sha256 checksum of the file, in hexadecimal
 * @param modules of its package, what guests are given
 */
public record KernelImage(
    Path path,
    Kind kind,
    String name,
    String release,
    String version,
    String series,
    Optional<KernelPackage> origin,
    String sha256,
    List<KernelModule> modules) {

  /** The same under another name. */
  KernelImage named(String other) {
    return new KernelImage(path, kind, other, release, version, series, origin, sha256, modules);
  }
}
