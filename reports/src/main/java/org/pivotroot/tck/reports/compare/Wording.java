package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.store.Claim;
import org.pivotroot.tck.reports.store.Results;

/** How verdicts and targets are called wherever people read them. */
public final class Wording {
  private final Results results;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();

  /** For these results: what is unique among them needs no long name. */
  public Wording(Results results) {
    this.results = results;
    Map<String, Long> alike =
        results.targets().stream()
            .collect(Collectors.groupingBy(Wording::environmentAndSeries, Collectors.counting()));
    for (ResultDocument target : results.targets()) {
      positions.put(target.name(), positions.size());
      ResultDocument.Kernel kernel = target.target().kernel();
      boolean alone = alike.get(environmentAndSeries(target)) == 1;
      versions.put(target.name(), alone ? kernel.series() : kernel.release());
    }
  }

  private static String environmentAndSeries(ResultDocument target) {
    return target.target().environment() + " " + target.target().kernel().series();
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
    return versions.get(target.name());
  }

  /** {@code vm 6.1}. */
  public String target(ResultDocument target) {
    return target.target().environment() + " " + version(target);
  }

  /** {@code vm 5.10 to 6.19, vm 7.1}: neighbours are drawn together. */
  public String targets(List<ResultDocument> some) {
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < some.size()) {
      int first = i;
      while (i + 1 < some.size() && neighbours(some.get(i), some.get(i + 1))) {
        i++;
      }
      String from = target(some.get(first));
      parts.add(first == i ? from : from + " to " + version(some.get(i)));
      i++;
    }
    return String.join(", ", parts);
  }

  private boolean neighbours(ResultDocument left, ResultDocument right) {
    return left.target().environment().equals(right.target().environment())
        && positions.get(right.name()) == positions.get(left.name()) + 1;
  }

  /**
   * Where a claim came out how.
   *
   * @return one range per verdict that was seen, the older kernels' first
   */
  public List<VerdictRange> ranges(Claim claim) {
    Map<Verdict, List<ResultDocument>> byVerdict = new EnumMap<>(Verdict.class);
    for (ResultDocument target : results.targets()) {
      results
          .at(claim.id(), target)
          .ifPresent(
              seen ->
                  byVerdict
                      .computeIfAbsent(seen.verdict(), verdict -> new ArrayList<>())
                      .add(target));
    }
    return byVerdict.entrySet().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> position(a) - position(b)))
        .map(entry -> new VerdictRange(entry.getKey(), targets(entry.getValue())))
        .toList();
  }

  private int position(List<ResultDocument> some) {
    return positions.get(some.get(0).name());
  }

  /**
   * A verdict and where it was seen.
   *
   * @param verdict the verdict
   * @param targets in words, such as {@code vm 7.0 to 7.3}
   */
  public record VerdictRange(Verdict verdict, String targets) {
    /** The verdict's sign. */
    public String sign() {
      return Wording.sign(verdict);
    }
  }
}
