package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module of a kernel that guests are given.
 *
 * @param path the file as its package has it, compressed or not
 * @param sha256 checksum of the file, in hexadecimal
 */
public record KernelModule(Path path, String sha256) {
  /** Names of what is taken: the file system that most roots of containers are. */
  static final Set<String> WANTED = Set.of("overlay");

  private static final Pattern IN_PACKAGE =
      Pattern.compile(".*/modules/[^/]+/kernel/.*/([^/]+)\\.ko(?:\\.xz)?");

  /** The name of the module that a package has under a name; empty if that is none. */
  static String name(String inPackage) {
    Matcher module = IN_PACKAGE.matcher(inPackage);
    return module.matches() ? module.group(1) : "";
  }
}
