package org.pivotroot.tck.model.specification;

import java.util.Set;
import org.pivotroot.tck.model.specification.rule.Clause;

/**
 * A step.
 *
 * @param prediction what the call comes to
 * @param state what is so afterwards
 * @param met the check that failed, or else what the effect came by
 */
public record Outcome(Prediction prediction, State state, Set<Clause> met) {
  public Outcome {
    met = Set.copyOf(met);
  }
}
