package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.Results;

/** How verdicts and targets are called wherever people read them. */
public final class Wording {
  private final Results results;
  private final Map<String, Integer> positions = new HashMap<>();

  /** For these results: targets that are neighbours in them are named together. */
  public Wording(Results results) {
    this.results = results;
    results.targets().forEach(target -> positions.put(target.name(), positions.size()));
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

  /** The target's name in addresses and names of files, such as {@code vm-6.1}. */
  public static String file(TargetRecord target) {
    return target.name().replace(' ', '-');
  }

  /** {@code vm 5.10 to 6.19, vm 7.1}: neighbours are drawn together. */
  public String targets(List<TargetRecord> some) {
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < some.size()) {
      int first = i;
      while (i + 1 < some.size() && neighbours(some.get(i), some.get(i + 1))) {
        i++;
      }
      String from = some.get(first).name();
      parts.add(first == i ? from : from + " to " + some.get(i).target().version());
      i++;
    }
    return String.join(", ", parts);
  }

  private boolean neighbours(TargetRecord left, TargetRecord right) {
    return left.target().environment().equals(right.target().environment())
        && positions.get(right.name()) == positions.get(left.name()) + 1;
  }

  /**
   * Where a claim came out how.
   *
   * @return one range per verdict that was seen, the older targets' first
   */
  public List<VerdictRange> ranges(ClaimText claim) {
    Map<Verdict, List<TargetRecord>> byVerdict = new EnumMap<>(Verdict.class);
    for (TargetRecord target : results.targets()) {
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

  private int position(List<TargetRecord> some) {
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
