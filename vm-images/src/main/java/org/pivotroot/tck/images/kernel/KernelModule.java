package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module of a kernel that guests are given.
 *
 * @param path the file as its package has it, compressed or not
 * @param sha256 checksum of the file, in hexadecimal
 */
public record KernelModule(Path path, String sha256) {
  /**
   * Names of what is taken, each after those that it may need: the file systems that most roots
   * are, and the device by which a file holds one. No kernel has all of them; what one lacks is
   * built in, or what needs it does not need it there.
   */
  static final List<String> WANTED =
      List.of(
          "crc32c_generic",
          "crc32c-cryptoapi",
          "libcrc32c",
          "crc16",
          "mbcache",
          "jbd2",
          "ext4",
          "xor",
          "raid6_pq",
          "zstd_compress",
          "libblake2b",
          "btrfs",
          "loop",
          "overlay");

  private static final Pattern IN_PACKAGE =
      Pattern.compile(".*/modules/[^/]+/kernel/.*/([^/]+)\\.ko(?:\\.xz)?");

  /** The modules of these files, in an order in which they can be loaded. */
  static List<KernelModule> inOrder(Path home, Map<String, String> sha256ByFile) {
    return sha256ByFile.entrySet().stream()
        .sorted(Comparator.comparing(one -> WANTED.indexOf(nameOfFile(one.getKey()))))
        .map(one -> new KernelModule(home.resolve(one.getKey()), one.getValue()))
        .toList();
  }

  private static String nameOfFile(String file) {
    return file.substring(0, file.indexOf(".ko"));
  }

  /** The name of the module that a package has under a name; empty if that is none. */
  static String name(String inPackage) {
    Matcher module = IN_PACKAGE.matcher(inPackage);
    return module.matches() ? module.group(1) : "";
  }
}
