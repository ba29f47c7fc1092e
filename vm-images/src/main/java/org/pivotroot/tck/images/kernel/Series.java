package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A kernel series and where Debian packages it.
 *
 * @param series such as {@code 6.1}
 * @param packages regular expression of the packages that hold the image; the unsigned variants,
 *     which stand for those not signed yet, are left out
 * @param suites the suites that have or had such packages
 */
record Series(String series, String packages, List<String> suites) {
  private static final String UNSIGNED = "-unsigned";

  /** Those that Debian packages, oldest first. */
  static List<Series> known(Kind kind) {
    try (InputStream in = Series.class.getResourceAsStream(kind.catalogue)) {
      return Arrays.asList(JsonMapper.shared().readValue(in, Series[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a package of this name holds an image of the series, of the ordinary flavour. */
  boolean isHeldBy(String name) {
    return isHeldBy(name, Choice.Flavour.ORDINARY);
  }

  /** Whether a package of this name holds an image of the series in a flavour. */
  boolean isHeldBy(String name, Choice.Flavour flavour) {
    return Pattern.matches(
        packages.replaceFirst("-amd64$", flavour.suffix() + "-amd64"), withoutUnsigned(name));
  }

  static boolean isSigned(String name) {
    return !name.endsWith(UNSIGNED);
  }

  private static String withoutUnsigned(String name) {
    return isSigned(name) ? name : name.substring(0, name.length() - UNSIGNED.length());
  }
}
