package org.pivotroot.tck.reports.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
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
    return text.append(conclusion(findings)).append('\n').toString();
  }

  /** Kernels differ in whether they look at the privilege or at the paths first. */
  private static String conclusion(List<Finding> findings) {
    List<Cause> failing =
        findings.stream()
            .filter(finding -> finding.state() == State.FAILS)
            .map(Finding::cause)
            .toList();
    if (failing.isEmpty()) {
      return "Nothing that can be seen speaks against this call.";
    }
    String first = failing.get(0).errno();
    boolean lookup = failing.contains(Causes.MISSING) || failing.contains(Causes.NOT_DIRECTORY);
    return failing.get(0).equals(Causes.PRIVILEGE) && lookup
        ? "The call fails with EPERM or "
            + failing.get(1).errno()
            + "; which one depends on the kernel (perm-or-lookup-first)."
        : "The call fails with " + first + ".";
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
    SortedMap<Long, Verdict> verdicts = new TreeMap<>();
    for (ResultDocument target : results.targets()) {
      results
          .at(ROOTFS_CLAIM, target)
          .map(Observation::verdict)
          .filter(verdict -> verdict == Verdict.UPHELD || verdict == Verdict.CONTRADICTED)
          .ifPresent(verdict -> verdicts.put(series(target.target().kernel().release()), verdict));
    }
    if (verdicts.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<Long, Verdict> older = verdicts.headMap(series(release) + 1);
    Long nearest = older.isEmpty() ? verdicts.firstKey() : older.lastKey();
    return Optional.of(verdicts.get(nearest) == Verdict.CONTRADICTED);
  }

  private static long series(String release) {
    Matcher matcher = SERIES.matcher(release);
    return matcher.matches()
        ? Long.parseLong(matcher.group(1)) * 1000 + Long.parseLong(matcher.group(2))
        : 0;
  }
}
