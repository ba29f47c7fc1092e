package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why some versions of Linux do not uphold a claim.
 *
 * @param verdict what it explains: {@code contradicted} or {@code not-applicable}
 * @param from first series or release that it holds for; null for all before {@code before}
 * @param before first series or release that it does not hold for any more; null for all since
 *     {@code from}
 * @param because why, in our own words
 * @param commit subject of the kernel commit that made it so; null where it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
    Verdict verdict, String from, String before, String because, String commit) {

  /** Whether it speaks of a version. */
  public boolean covers(Version version) {
    return (from == null || !version.isBefore(Version.of(from)))
        && (before == null || version.isBefore(Version.of(before)));
  }
}
