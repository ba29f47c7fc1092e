package org.pivotroot.tck.reports.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.observation.Version;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.explain.Finding.State;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/** The judgement of a call, for a terminal. */
public final class Explanation {
  private static final String ROOTFS_CLAIM = "rootfs-cannot-be-pivoted";

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
    NavigableMap<Version, Verdict> verdicts = new TreeMap<>();
    for (TargetRecord target : results.targets()) {
      results
          .at(ROOTFS_CLAIM, target)
          .map(Seen::verdict)
          .filter(verdict -> verdict == Verdict.UPHELD || verdict == Verdict.CONTRADICTED)
          .ifPresent(
              verdict -> verdicts.put(Version.of(target.target().kernel().series()), verdict));
    }
    if (verdicts.isEmpty()) {
      return Optional.empty();
    }
    Version series = Version.of(ResultDocument.Kernel.seriesOf(release));
    Map.Entry<Version, Verdict> older = verdicts.floorEntry(series);
    Map.Entry<Version, Verdict> nearest = older == null ? verdicts.firstEntry() : older;
    return Optional.of(nearest.getValue() == Verdict.CONTRADICTED);
  }
}
