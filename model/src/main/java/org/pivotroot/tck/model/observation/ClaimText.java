package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What a claim says of itself.
 *
 * @param id unique in the suite
 * @param page the manual page, such as {@code pivot_root(2)}
 * @param section the section of the page, such as {@code ERRORS}
 * @param editions the editions of the page that make the claim, such as {@code 5.03+}
 * @param says the claim in our own words
 * @param stage where in the guest it is tried: {@code namespace}, {@code root} or {@code
 *     initramfs}; of a scenario, which is no claim, {@code scenario}
 * @param userland whether the root holds programs, /proc and /dev
 * @param explanations why some versions of Linux do not uphold it
 * @param cell its place in a table; null for a claim that stands by itself
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ClaimText(
    String id,
    String page,
    String section,
    String editions,
    String says,
    String stage,
    boolean userland,
    List<Explanation> explanations,
    Cell cell) {

  /** The stage of scenarios: a mount namespace of its own, too, with /proc and nothing else. */
  public static final String SCENARIO = "scenario";

  /**
   * The table in which a claim for each feature says that it is there: what their ids begin with.
   */
  public static final String FEATURES = "target-has";

  /** A place in a table of the documentation, of which each cell is a claim. */
  public record Cell(String table, String row, String column) {}

  public ClaimText {
    explanations = explanations == null ? List.of() : List.copyOf(explanations);
  }

  /** A claim that stands by itself. */
  public ClaimText(
      String id,
      String page,
      String section,
      String editions,
      String says,
      String stage,
      boolean userland,
      List<Explanation> explanations) {
    this(id, page, section, editions, says, stage, userland, explanations, null);
  }

  /** Whether it is tried in a mount namespace of its own, which can be had on any machine. */
  public boolean needsNoMachine() {
    return stage.equals("namespace") || stage.equals(SCENARIO);
  }

  /** Why a version of Linux is not expected to uphold it, if it is not. */
  public Optional<Explanation> explanation(Version version) {
    return explanations.stream().filter(one -> one.covers(version)).findFirst();
  }

  /** The verdict that the explanations lead one to expect of a version of Linux. */
  public Verdict explained(Version version) {
    return explanation(version).map(Explanation::verdict).orElse(Verdict.UPHELD);
  }
}
