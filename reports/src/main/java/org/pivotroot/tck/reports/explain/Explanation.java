package org.pivotroot.tck.reports.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.result.Observation;
import org.pivotroot.tck.harness.result.ResultDocument;
import org.pivotroot.tck.harness.result.Verdict;
import org.pivotroot.tck.reports.explain.Finding.State;
import org.pivotroot.tck.reports.store.Results;

/** The judgement of a call, for a terminal. */
public final class Explanation {
  private static final String ROOTFS_CLAIM = "rootfs-cannot-be-pivoted";
  private static final Pattern SERIES = Pattern.compile("(\\d+)\\.(\\d+).*");

  private Explanation() {}

  /**
   * Judges a call.
   *
   * @param proc directory of the process that would make it
   * @param release of the running kernel
   * @param newRoot absolute path, as the process sees it
   * @param putOld likewise
   * @param results what is on record of kernels
   */
  public static String of(
      Path proc, String release, String newRoot, String putOld, Results results) {
    List<Finding> findings =
        Diagnosis.of(
            new Subject(proc, release), newRoot, putOld, rootfsCanBePivoted(release, results));
    StringBuilder text =
        new StringBuilder(
            "pivot_root(\"" + newRoot + "\", \"" + putOld + "\") on kernel " + release + "\n");
    findings.forEach(finding -> append(text, finding));
    String errors =
        findings.stream()
            .filter(finding -> finding.state() == State.FAILS)
            .map(finding -> finding.cause().errno())
            .distinct()
            .collect(Collectors.joining(" or "));
    return text.append(
            errors.isEmpty()
                ? "Nothing that can be seen speaks against this call.\n"
                : "The call fails with " + errors + ".\n")
        .toString();
  }

  private static void append(StringBuilder text, Finding finding) {
    String sign =
        switch (finding.state()) {
          case FINE -> "ok     ";
          case FAILS -> "FAILS  ";
          case UNSEEN -> "unseen ";
        };
    text.append(sign).append(finding.cause().id());
    if (!finding.detail().isEmpty()) {
      text.append(": ").append(finding.detail());
    }
    text.append('\n');
    if (finding.state() != State.FINE) {
      text.append("         ")
          .append(finding.cause().errno())
          .append(": ")
          .append(finding.cause().cause())
          .append('\n');
    }
    if (finding.state() == State.FAILS) {
      text.append("         way out: ")
          .append(finding.cause().wayOut())
          .append("\n         claims: ")
          .append(String.join(", ", finding.cause().claims()))
          .append('\n');
    }
  }

  /** By the newest kernel on record that is not newer than the running one, else the oldest. */
  private static Optional<Boolean> rootfsCanBePivoted(String release, Results results) {
    long running = series(release);
    Optional<Observation> nearest = Optional.empty();
    for (ResultDocument target : results.targets()) {
      Optional<Observation> seen = results.at(ROOTFS_CLAIM, target);
      if (seen.isPresent()
          && (nearest.isEmpty() || series(target.target().kernel().release()) <= running)) {
        nearest = seen;
      }
    }
    return nearest
        .filter(seen -> seen.verdict() == Verdict.UPHELD || seen.verdict() == Verdict.CONTRADICTED)
        .map(seen -> seen.verdict() == Verdict.CONTRADICTED);
  }

  private static long series(String release) {
    Matcher matcher = SERIES.matcher(release);
    return matcher.matches()
        ? Long.parseLong(matcher.group(1)) * 1000 + Long.parseLong(matcher.group(2))
        : 0;
  }
}
