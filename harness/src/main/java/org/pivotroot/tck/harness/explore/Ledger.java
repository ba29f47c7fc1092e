package org.pivotroot.tck.harness.explore;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pivotroot.tck.model.observation.Share;

/**
 * How far one target has come with one seed, so that it can go on from there.
 *
 * @param part which part of the seed's scenarios it plays
 * @param batches how many batches it has done, from the first on
 * @param scenarios how many scenarios these were
 * @param acts how many acts
 * @param causes of how many deviations each was the cause
 * @param met how often each clause of the specification was come by
 */
public record Ledger(
    long seed,
    Share part,
    int batches,
    long scenarios,
    long acts,
    SortedMap<String, Integer> causes,
    SortedMap<String, Integer> met) {

  /** Those that are older know of no parts. */
  public Ledger {
    part = part == null ? Share.WHOLE : part;
  }

  /** Of a target that has done nothing yet. */
  static Ledger empty(long seed, Share part) {
    return new Ledger(seed, part, 0, 0, 0, new TreeMap<>(), new TreeMap<>());
  }

  /** With another batch. */
  Ledger with(Batch batch) {
    return new Ledger(
        seed,
        part,
        batches + 1,
        scenarios + batch.scenarios(),
        acts + batch.acts(),
        sum(causes, batch.causes()),
        sum(met, batch.met()));
  }

  private static SortedMap<String, Integer> sum(
      Map<String, Integer> one, Map<String, Integer> other) {
    SortedMap<String, Integer> sum = new TreeMap<>(one);
    other.forEach((key, count) -> sum.merge(key, count, Integer::sum));
    return sum;
  }

  /** How many scenarios deviated. */
  public long deviating() {
    return causes.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** What one batch came to. */
  record Batch(int scenarios, int acts, Map<String, Integer> causes, Map<String, Integer> met) {}
}
