package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.DebianVersion;

/** Which kernels were asked for by one word: a series, a release, a range, or a path. */
sealed interface Choice {
  /**
   * Those that the catalogue has, one of each series.
   *
   * @param from the first
   * @param to the last
   * @param flavour see {@link Flavour}
   */
  record OfSeries(String from, String to, Flavour flavour) implements Choice {
    boolean includes(String series) {
      return order(from, series) <= 0 && order(series, to) <= 0;
    }
  }

  /**
   * Those that the archive has, every point release.
   *
   * @param from the first, or a series
   * @param to the last, or a series, which is meant whole
   * @param flavour see {@link Flavour}
   */
  record OfReleases(String from, String to, Flavour flavour) implements Choice {
    boolean includes(String release) {
      return order(from, release) <= 0
          && (order(release, to) <= 0 || release.matches(Pattern.quote(to) + "[.-].*"));
    }
  }

  /**
   * One that is a file, or a build tree.
   *
   * @param path where it is
   */
  record OfPath(Path path) implements Choice {}

  /** How a kernel is configured: its name behind the release. */
  record Flavour(String suffix) {
    static final Flavour ORDINARY = new Flavour("");
    private static final Pattern WORD = Pattern.compile("(.+?)(-rt|-cloud)");

    /** The name of what is called so without a flavour. */
    String name(String of) {
      return of + suffix;
    }
  }

  Pattern SERIES = Pattern.compile("\\d+\\.\\d+|\\d{8}");
  Pattern RELEASE = Pattern.compile("\\d+\\.\\d+(?:\\.\\d+|-rc\\d+)");

  /**
   * Reads a word.
   *
   * @param series those of the catalogue, oldest first
   */
  static Choice parse(String word, List<String> series) {
    Matcher flavoured = Flavour.WORD.matcher(word);
    Flavour flavour = flavoured.matches() ? new Flavour(flavoured.group(2)) : Flavour.ORDINARY;
    String base = flavoured.matches() ? flavoured.group(1) : word;
    return range(base, series, flavour).orElseGet(() -> new OfPath(Path.of(word)));
  }

  private static Optional<Choice> range(String word, List<String> series, Flavour flavour) {
    String oldest = series.get(0);
    String newest = series.get(series.size() - 1);
    if (word.equals("all")) {
      return Optional.of(new OfSeries(oldest, newest, flavour));
    }
    int dots = word.indexOf("..");
    String from = bound(dots < 0 ? word : word.substring(0, dots), oldest, newest);
    String to = bound(dots < 0 ? word : word.substring(dots + 2), oldest, newest);
    if (SERIES.matcher(from).matches() && SERIES.matcher(to).matches()) {
      return Optional.of(new OfSeries(from, to, flavour));
    }
    return isBound(from) && isBound(to)
        ? Optional.of(new OfReleases(from, to, flavour))
        : Optional.empty();
  }

  private static String bound(String word, String oldest, String newest) {
    return word.equals("oldest") ? oldest : word.equals("newest") ? newest : word;
  }

  private static boolean isBound(String word) {
    return SERIES.matcher(word).matches() || RELEASE.matcher(word).matches();
  }

  /** Orders releases: 7.3-rc7 before 7.3, and 7.3 before 7.3.4. */
  static int order(String a, String b) {
    return version(a).compareTo(version(b));
  }

  private static DebianVersion version(String release) {
    return DebianVersion.of(release.replace("-rc", "~rc"));
  }
}
