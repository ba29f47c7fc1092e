package org.pivotroot.tck.model.observation;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Targets by environment, virtual machines first, and then by version: where a package's version
 * tells the point release and the kernel's own release does not, by that.
 */
public final class TargetOrder implements Comparator<ResultDocument.Target> {
  private static final List<String> ENVIRONMENTS = List.of("vm", "uml", "container", "gvisor");

  /** Of user-mode Linux and gVisor it is the release that tells more. */
  private static final Pattern POINT_RELEASE = Pattern.compile("[1-9]\\d*\\.\\d+\\.\\d+");

  private static final Comparator<ResultDocument.Target> ORDER =
      Comparator.comparing(TargetOrder::rank)
          .thenComparing(ResultDocument.Target::environment)
          .thenComparing(TargetOrder::version)
          .thenComparing(target -> Version.of(target.version()));

  private static int rank(ResultDocument.Target target) {
    int rank = ENVIRONMENTS.indexOf(target.environment());
    return rank < 0 ? ENVIRONMENTS.size() : rank;
  }

  /** Whether both are of one point release, however it was packaged. */
  public static boolean areOfOneRelease(ResultDocument.Target target, ResultDocument.Target other) {
    Matcher one = POINT_RELEASE.matcher(exact(target));
    Matcher another = POINT_RELEASE.matcher(exact(other));
    return one.lookingAt() && another.lookingAt() && one.group().equals(another.group());
  }

  /** The most exact version that is known of a target. */
  public static Version version(ResultDocument.Target target) {
    return Version.of(exact(target));
  }

  private static String exact(ResultDocument.Target target) {
    String packaged = target.kernel().packageVersion();
    boolean tellsPointRelease = packaged != null && POINT_RELEASE.matcher(packaged).lookingAt();
    return tellsPointRelease ? packaged : target.kernel().release();
  }

  @Override
  public int compare(ResultDocument.Target left, ResultDocument.Target right) {
    return ORDER.compare(left, right);
  }
}
