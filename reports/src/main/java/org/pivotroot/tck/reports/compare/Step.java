package org.pivotroot.tck.reports.compare;

import java.util.List;
import org.pivotroot.tck.model.record.TargetRecord;

/**
 * From one version to the next.
 *
 * @param before the older of two neighbouring targets of one environment
 * @param after the newer
 * @param changes what came out differently; changed verdicts first
 */
public record Step(TargetRecord before, TargetRecord after, List<Change> changes) {

  /** The version that the changes came with. */
  public String since() {
    return after.target().version();
  }

  /** The version before. */
  public String until() {
    return before.target().version();
  }

  /** {@code vm}, {@code container} and so on. */
  public String environment() {
    return after.target().environment();
  }
}
