package org.pivotroot.tck.harness.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Targets;

/**
 * What a run is asked for, by system properties.
 *
 * @param kernels series, releases, ranges, flavours and paths of kernels; empty for all of the
 *     catalogues
 * @param claims globs of claim ids, of which one must match; empty for all claims
 * @param environments those that were asked for; vm and container if none was
 * @param freshGuests whether each claim has a guest that served no claim before it
 * @param unavailableIsError whether a target that cannot run here fails the run
 */
public record Selection(
    List<String> kernels,
    List<String> claims,
    List<Environment> environments,
    boolean freshGuests,
    boolean unavailableIsError) {

  /**
   * What this JVM was asked for: the properties {@code kernels}, {@code claims}, {@code targets},
   * {@code isolation} and {@code unavailable}.
   *
   * @throws SelectionException if one of them has a value that means nothing
   */
  public static Selection ofProperties() {
    return of(System.getProperties());
  }

  static Selection of(Properties properties) {
    List<Environment> named =
        words(properties, "targets").map(Selection::environment).distinct().toList();
    return new Selection(
        words(properties, "kernels").toList(),
        words(properties, "claims").toList(),
        named.isEmpty() ? List.of(Environment.VM, Environment.CONTAINER) : named,
        choice(properties, "isolation", "claim", "guest").equals("guest"),
        choice(properties, "unavailable", "skip", "error").equals("error"));
  }

  private static Stream<String> words(Properties properties, String property) {
    return Arrays.stream(properties.getProperty(property, "").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }

  private static String choice(Properties properties, String property, String usual, String other) {
    String value = properties.getProperty(property, usual);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new SelectionException(
          "-D" + property + "=" + value + " is neither " + usual + " nor " + other);
    }
    return value;
  }

  /** The targets that were asked for. */
  public Targets targets() {
    return Targets.of(kernels, environments);
  }

  private static Environment environment(String word) {
    return Arrays.stream(Environment.values())
        .filter(environment -> environment.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new SelectionException(
                    "-Dtargets="
                        + word
                        + " names no kind of target; there are "
                        + Arrays.stream(Environment.values())
                            .map(Environment::word)
                            .collect(Collectors.joining(", "))));
  }

  /** Whether a claim was asked for. */
  public boolean includes(String claim) {
    return claims.isEmpty() || claims.stream().anyMatch(glob -> matches(glob, claim));
  }

  /**
   * Refuses globs that match no claim: a run of nothing must not look like a run in which all is
   * well.
   */
  public void check(List<String> allClaims) {
    List<String> idle =
        claims.stream()
            .filter(glob -> allClaims.stream().noneMatch(claim -> matches(glob, claim)))
            .toList();
    if (!idle.isEmpty()) {
      throw new SelectionException(
          "-Dclaims="
              + String.join(",", idle)
              + " matches none of the "
              + allClaims.size()
              + " claims; ids are such as "
              + allClaims.stream().sorted().limit(3).collect(Collectors.joining(", "))
              + ", and * stands for any part of one");
    }
  }

  private static boolean matches(String glob, String claim) {
    String regex =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return claim.matches(regex);
  }
}
