package org.pivotroot.tck.images.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.ArchivePackage;

/**
 * A kernel that the archive has.
 *
 * @param release the version of the source, such as {@code 7.2.12} or {@code 7.3-rc7}
 * @param flavour {@code ""}, {@code -rt} or {@code -cloud}
 * @param held the package that holds its image
 */
record ArchivedKernel(String release, String flavour, ArchivePackage held) {
  /** Names of packages that hold an image, or from 6.19 on lead to one that does. */
  static final Pattern PACKAGES =
      Pattern.compile("linux-(?:image|binary)-(\\d+\\.\\d+\\S*?)(|-rt|-cloud)-amd64(?:-unsigned)?");

  private static final String BINARY = "linux-binary-";
  private static final Pattern LEADING =
      Pattern.compile("linux-image-(?:6\\.(?:19|[2-9]\\d)|[7-9]\\.|\\d{2,}\\.).*");
  private static final Pattern META = Pattern.compile("linux-image-\\d+\\.\\d+(?:-rt|-cloud)?-.*");
  private static final Pattern UPSTREAM = Pattern.compile("(\\d+\\.\\d+(?:\\.\\d+|~rc\\d+)).*");

  /** The package of its own that the modules are in from 6.19 on, by the name of the image's. */
  static Optional<Pattern> modules(String image) {
    return image.startsWith(BINARY)
        ? Optional.of(
            Pattern.compile(Pattern.quote("linux-modules-" + image.substring(BINARY.length()))))
        : Optional.empty();
  }

  /** The kernel in a package; empty if it holds none. */
  static Optional<ArchivedKernel> in(ArchivePackage held) {
    Matcher name = PACKAGES.matcher(held.name());
    Matcher version = UPSTREAM.matcher(held.version());
    if (!name.matches()
        || !version.matches()
        || LEADING.matcher(held.name()).matches()
        || META.matcher(held.name()).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ArchivedKernel(version.group(1).replace("~rc", "-rc"), name.group(2), held));
  }

  /** The release and the flavour. */
  String name() {
    return release + flavour;
  }
}
