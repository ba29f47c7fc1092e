package org.pivotroot.tck.model.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long claims took, which no document tells, as no two runs agree on it. They are kept in a
 * file of comma-separated values beside the documents of a run.
 *
 * @param millis milliseconds by target and claim
 */
public record Durations(SortedMap<String, SortedMap<String, Long>> millis) {
  private static final String FILE = "durations.csv";
  private static final String ANY = "any";
  private static final String HEAD = "target,claim,milliseconds";

  /** What is known of no claim. */
  public static Durations none() {
    return new Durations(new TreeMap<>());
  }

  /** Those in a folder; none if there is no such file, or it is not one. */
  public static Durations read(Path folder) {
    Durations found = none();
    try {
      for (String line : Files.readAllLines(folder.resolve(FILE))) {
        String[] words = line.split(",", -1);
        if (words.length == 3 && words[2].matches("\\d{1,12}")) {
          found.put(words[0], words[1], Long.parseLong(words[2]));
        }
      }
    } catch (IOException e) {
      return none(); // they are of use, but nothing depends on them
    }
    return found;
  }

  /** Notes how long a claim took on a target. */
  public void put(String target, String claim, long taken) {
    millis.computeIfAbsent(target, name -> new TreeMap<>()).put(claim, taken);
  }

  /** Notes all that others know. */
  public void putAll(Durations others) {
    others.millis.forEach(
        (target, known) -> known.forEach((claim, taken) -> put(target, claim, taken)));
  }

  /** Writes them into a folder, in place of those there. */
  public void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    millis.forEach(
        (target, known) ->
            known.forEach(
                (claim, taken) ->
                    text.append(target)
                        .append(',')
                        .append(claim)
                        .append(',')
                        .append(taken)
                        .append('\n')));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(FILE), text);
  }

  /**
   * How long all of these claims will take on a target, one after another: as long as there, else
   * as on any target of which it is known, else as the others do on average.
   */
  public long of(String target, List<String> claims) {
    long known = 0;
    int unknown = 0;
    for (String claim : claims) {
      long one = of(target, claim);
      known += Math.max(one, 0);
      unknown += one < 0 ? 1 : 0;
    }
    int counted = claims.size() - unknown;
    return counted == 0 ? 0 : known + known / counted * unknown;
  }

  /** Negative if it is not known of any target. */
  private long of(String target, String claim) {
    Long here = millis.getOrDefault(target, new TreeMap<>()).get(claim);
    return here != null ? here : elsewhere(claim);
  }

  /** The median over all targets; negative if it is not known of any. */
  public long elsewhere(String claim) {
    List<Long> all =
        millis.values().stream()
            .filter(known -> known.containsKey(claim))
            .map(known -> known.get(claim))
            .sorted()
            .toList();
    return all.isEmpty() ? -1 : all.get(all.size() / 2);
  }

  /**
   * For the record, on which shards depend: one duration for each claim, roughly that of a run, and
   * the same as before if that was no more than twice or half as much.
   */
  public Durations settled(Durations run) {
    Durations settled = none();
    settled.putAll(this);
    run.millis.values().stream()
        .flatMap(known -> known.keySet().stream())
        .distinct()
        .forEach(
            claim -> {
              long before = elsewhere(claim);
              long now = run.elsewhere(claim);
              if (before < now / 2 || before > now * 2) {
                settled.put(ANY, claim, rough(now));
              }
            });
    return settled;
  }

  /** Two digits of it. */
  private static long rough(long millis) {
    long unit = 1;
    while (millis / unit >= 100) {
      unit *= 10;
    }
    return Math.max(1, (millis + unit / 2) / unit * unit);
  }
}
