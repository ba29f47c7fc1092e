package org.pivotroot.tck.reports.store;

import java.util.Comparator;
import org.pivotroot.tck.model.observation.Observation;

/**
 * A claim as the newest document that holds it words it.
 *
 * @param id the claim's id
 * @param page the manual page
 * @param section the section of the page
 * @param editions the editions of the page that make the claim
 * @param says the claim in our own words
 */
public record Claim(String id, String page, String section, String editions, String says)
    implements Comparable<Claim> {
  private static final Comparator<Claim> ORDER =
      Comparator.comparing(Claim::page, new PageOrder())
          .thenComparing(Claim::section, new SectionOrder())
          .thenComparing(Claim::id);

  static Claim of(Observation observation) {
    return new Claim(
        observation.claim(),
        observation.page(),
        observation.section(),
        observation.editions(),
        observation.says());
  }

  /** By page, then section in the order that manual pages have, then id. */
  @Override
  public int compareTo(Claim other) {
    return ORDER.compare(this, other);
  }
}
