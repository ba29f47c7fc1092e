package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel that can be booted.
 *
 * @param path the bzImage
 * @param release what uname(2) calls release, such as {@code 6.1.0-50-amd64}
 * @param version what uname(2) calls version, which begins with "#"
 * @param series the first two numbers of the release, such as {@code 6.1}
 * @param origin the package that the image was taken from; empty for a bzImage given by path
 * @param sha256 checksum of the bzImage, in hexadecimal
 */
public record KernelImage(
    Path path,
    String release,
    String version,
    String series,
    Optional<KernelPackage> origin,
    String sha256) {}
