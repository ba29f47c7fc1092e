package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What trying a claim on a target came to. */
public enum Verdict {
  /** The kernel did what the page says. */
  @JsonProperty("upheld")
  UPHELD,
  /** The kernel did something else; {@link Observation#because} says what. */
  @JsonProperty("contradicted")
  CONTRADICTED,
  /** The kernel lacks the thing that the claim speaks of; {@link Observation#because} says what. */
  @JsonProperty("not-applicable")
  NOT_APPLICABLE,
  /**
   * The harness or the guest broke, so nothing was learnt; {@link Observation#because} says how.
   */
  @JsonProperty("inconclusive")
  INCONCLUSIVE;

  /** The word used in result documents and reports, such as {@code not-applicable}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
