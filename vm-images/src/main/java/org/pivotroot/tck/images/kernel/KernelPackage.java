package org.pivotroot.tck.images.kernel;

/**
 * The package that a kernel image was taken from.
 *
 * @param name package name
 * @param version package version
 * @param suite the suite of the archive in which it was found, or {@link #LOCAL}
 * @param sha256 checksum of the .deb, in hexadecimal
 */
public record KernelPackage(String name, String version, String suite, String sha256) {
  /** Stands for the suite of a package that was given by path. */
  public static final String LOCAL = "local";
}
