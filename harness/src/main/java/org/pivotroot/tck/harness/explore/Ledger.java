package org.pivotroot.tck.harness.explore;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far one target has come with one seed, so that it can go on from there.
 *
 * @param batches how many batches it has done, from the first on
 * @param scenarios how many scenarios these were
 * @param acts how many acts
 * @param causes of how many deviations each was the cause
 * @param met how often each clause of the specification was come by
 */
public record Ledger(
    long seed,
    int batches,
    long scenarios,
    long acts,
    SortedMap<String, Integer> causes,
    SortedMap<String, Integer> met) {

  /** Of a target that has done nothing yet. */
  static Ledger empty(long seed) {
    return new Ledger(seed, 0, 0, 0, new TreeMap<>(), new TreeMap<>());
  }

  /** With another batch. */
  Ledger with(Batch batch) {
    return new Ledger(
        seed,
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
