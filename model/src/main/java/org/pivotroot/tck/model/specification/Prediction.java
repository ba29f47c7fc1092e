package org.pivotroot.tck.model.specification;

import java.util.Set;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.specification.rule.Rule;

/** What a call comes to. */
public sealed interface Prediction {

  /** It fails. */
  record Fails(Rule because) implements Prediction {
    /** With one of these. */
    public Set<Errno> errnos() {
      return because.errnos();
    }

    @Override
    public String toString() {
      return errnos() + " by " + because.id();
    }
  }

  /** It succeeds, with numbers of the specification's own in the result. */
  record Returns(Result result) implements Prediction {}
}
