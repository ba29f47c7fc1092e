package org.pivotroot.tck.harness.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
   * What was asked for by the parameters {@code kernels}, {@code claims}, {@code targets}, {@code
   * isolation} and {@code unavailable}.
   *
   * @param properties gives the value of a parameter, if it has one
   * @throws SelectionException if one of them has a value that means nothing
   */
  public static Selection of(Function<String, Optional<String>> properties) {
    List<Environment> named =
        words(properties, "targets").map(Selection::environment).distinct().toList();
    return new Selection(
        words(properties, "kernels").toList(),
        words(properties, "claims").toList(),
        named.isEmpty() ? List.of(Environment.VM, Environment.CONTAINER) : named,
        choice(properties, "isolation", "claim", "guest").equals("guest"),
        choice(properties, "unavailable", "skip", "error").equals("error"));
  }

  private static Stream<String> words(
      Function<String, Optional<String>> properties, String property) {
    return Arrays.stream(properties.apply(property).orElse("").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }

  private static String choice(
      Function<String, Optional<String>> properties, String property, String usual, String other) {
    String value = properties.apply(property).orElse(usual);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new SelectionException(
          property + "=" + value + " is neither " + usual + " nor " + other);
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
                    word
                        + " is no kind of target; there are "
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
          "no claim is called "
              + String.join(" or ", idle)
              + "; the nearest of "
              + allClaims.size()
              + ": "
              + String.join(", ", Nearest.to(idle.get(0), allClaims, 3))
              + " (* stands for any part of a name)");
    }
  }

  private static boolean matches(String glob, String claim) {
    String regex =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    // The columns of a row go by its name too.
    return claim.matches(regex) || claim.replaceFirst("\\..*", "").matches(regex);
  }
}
