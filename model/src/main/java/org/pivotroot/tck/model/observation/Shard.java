package org.pivotroot.tck.model.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pivotroot.tck.model.json.Json;

/**
 * A part of a run that several machines share.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 * @param partial whether the whole is only some of the claims
 * @param claims ids of the claims of all parts together, sorted
 */
public record Shard(int index, int count, boolean partial, List<String> claims) {
  /** Without an ending, as it is no document of a target. */
  private static final String FILE = "shard";

  /** Sorts the claims. */
  public Shard {
    claims = claims.stream().sorted().toList();
  }

  /**
   * The part that words such as {@code 2/8} name.
   *
   * @throws IllegalArgumentException if they name none; the message says what is wrong
   */
  public static Shard parse(String words, boolean partial, List<String> claims) {
    Share part = Share.parse(words);
    if (claims.size() < part.count()) {
      throw new IllegalArgumentException(
          claims.size() + " claims cannot be shared by " + part.count() + " machines");
    }
    return new Shard(part.index(), part.count(), partial, claims);
  }

  /**
   * The claims of this part. Given the same durations every machine shares alike: the longest claim
   * goes to the part that has least, and so on.
   *
   * @param durations what is known on record; claims of which it is not count as average
   */
  public List<String> mine(Durations durations) {
    Map<String, Long> weights = new HashMap<>();
    long usual = Math.max(1, durations.of("", claims) / Math.max(1, claims.size()));
    for (String claim : claims) {
      long known = durations.elsewhere(claim);
      weights.put(claim, known < 0 ? usual : known);
    }
    List<List<String>> parts = new ArrayList<>();
    long[] loads = new long[count];
    for (int i = 0; i < count; i++) {
      parts.add(new ArrayList<>());
    }
    List<String> longestFirst =
        claims.stream()
            .sorted(
                Comparator.comparing(
                        (String claim) -> weights.get(claim), Comparator.reverseOrder())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    for (String claim : longestFirst) {
      int least = least(loads, parts);
      parts.get(least).add(claim);
      loads[least] += weights.get(claim);
    }
    return parts.get(index - 1).stream().sorted().toList();
  }

  /** Of equal loads, that with fewer claims, so that no part is empty. */
  private static int least(long[] loads, List<List<String>> parts) {
    int least = 0;
    for (int i = 1; i < loads.length; i++) {
      if (loads[i] < loads[least]
          || (loads[i] == loads[least] && parts.get(i).size() < parts.get(least).size())) {
        least = i;
      }
    }
    return least;
  }

  /** The part that the results in a folder are of; empty if they are of a whole run. */
  public static Optional<Shard> read(Path results) throws IOException {
    Path file = results.resolve(FILE);
    try {
      return Optional.of(Json.parse(Files.readString(file), Shard.class, file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Notes in a folder that its results are of this part. */
  public void write(Path results) throws IOException {
    Files.createDirectories(results);
    Files.writeString(results.resolve(FILE), Json.text(this, 1));
  }

  /** Notes that the results in a folder are of a whole run. */
  public static void forget(Path results) throws IOException {
    Files.deleteIfExists(results.resolve(FILE));
  }
}
