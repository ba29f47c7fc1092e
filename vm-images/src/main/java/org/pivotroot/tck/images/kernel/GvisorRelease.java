package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The release of a runsc, which is a date; the program itself need not know it. */
final class GvisorRelease {
  private static final Pattern VERSION = Pattern.compile("(?:0\\.0~)?((\\d{8})\\.\\d+).*");

  private GvisorRelease() {}

  /**
   * Reads it from the version of the package.
   *
   * @throws KernelException if there is none, or it has no date
   */
  static Identity of(Path program, Optional<KernelPackage> origin) {
    String version = origin.map(KernelPackage::version).orElse("");
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new KernelException(
          program
              + " is of no known release of gVisor: take a runsc package, whose version is such as"
              + " 0.0~20240729.0-4");
    }
    return new Identity(matcher.group(1), version, matcher.group(2));
  }
}
