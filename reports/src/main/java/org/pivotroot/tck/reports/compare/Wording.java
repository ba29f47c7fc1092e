package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.result.Observation;
import org.pivotroot.tck.harness.result.ResultDocument;
import org.pivotroot.tck.harness.result.Verdict;
import org.pivotroot.tck.reports.store.Results;

/** How verdicts and targets are called wherever people read them. */
public final class Wording {
  private final Results results;

  /** For these results: what is unique among them needs no long name. */
  public Wording(Results results) {
    this.results = results;
  }

  /** A sign that goes with the verdict's word, so that no reader depends on colours. */
  public static String sign(Verdict verdict) {
    return switch (verdict) {
      case UPHELD -> "✓";
      case CONTRADICTED -> "✗";
      case NOT_APPLICABLE -> "–";
      case INCONCLUSIVE -> "?";
    };
  }

  /** Whether the verdict is not the one on record. */
  public static boolean unexpected(Observation observation) {
    return observation.verdict() != observation.expected();
  }

  /** {@code 6.1}, or the whole release where several kernels of a series are there. */
  public String version(ResultDocument target) {
    String series = target.target().kernel().series();
    long alike =
        results.targets().stream()
            .filter(
                other ->
                    other.target().environment().equals(target.target().environment())
                        && other.target().kernel().series().equals(series))
            .count();
    return alike > 1 ? target.target().kernel().release() : series;
  }

  /** {@code vm 6.1}. */
  public String target(ResultDocument target) {
    return target.target().environment() + " " + version(target);
  }

  /** {@code vm 5.10 to 6.19, vm 7.1}: neighbours are drawn together. */
  public String targets(List<ResultDocument> some) {
    List<String> parts = new ArrayList<>();
    List<ResultDocument> all = results.targets();
    for (int i = 0; i < some.size(); i++) {
      int first = i;
      while (i + 1 < some.size() && neighbours(all, some.get(i), some.get(i + 1))) {
        i++;
      }
      parts.add(
          first == i
              ? target(some.get(i))
              : target(some.get(first)) + " to " + version(some.get(i)));
    }
    return String.join(", ", parts);
  }

  private static boolean neighbours(
      List<ResultDocument> all, ResultDocument left, ResultDocument right) {
    return left.target().environment().equals(right.target().environment())
        && all.indexOf(right) == all.indexOf(left) + 1;
  }
}
