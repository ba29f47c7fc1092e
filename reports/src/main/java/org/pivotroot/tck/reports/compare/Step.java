package org.pivotroot.tck.reports.compare;

import java.util.List;
import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * From one kernel version to the next.
 *
 * @param before the older of two neighbouring targets of one environment
 * @param after the newer
 * @param changes what came out differently; changed verdicts first
 */
public record Step(ResultDocument before, ResultDocument after, List<Change> changes) {

  /** The version that the changes came with: the series, or the release where the series is one. */
  public String since() {
    return name(after, before);
  }

  /** The version before, named likewise. */
  public String until() {
    return name(before, after);
  }

  private static String name(ResultDocument target, ResultDocument other) {
    String series = target.target().kernel().series();
    return series.equals(other.target().kernel().series())
        ? target.target().kernel().release()
        : series;
  }

  /** {@code vm} or {@code container}. */
  public String environment() {
    return after.target().environment();
  }
}
