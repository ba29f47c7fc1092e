package org.pivotroot.tck.model.observation;

import java.util.Comparator;
import java.util.List;
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

  /** The most exact version that is known of a target. */
  public static Version version(ResultDocument.Target target) {
    String packaged = target.kernel().packageVersion();
    boolean tellsPointRelease = packaged != null && POINT_RELEASE.matcher(packaged).lookingAt();
    return Version.of(tellsPointRelease ? packaged : target.kernel().release());
  }

  @Override
  public int compare(ResultDocument.Target left, ResultDocument.Target right) {
    return ORDER.compare(left, right);
  }
}
