package org.pivotroot.tck.command;

import java.util.Iterator;
import org.pivotroot.tck.model.observation.ClaimText;

/** The ids of all claims, for completion. */
final class ClaimIds implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Places.SUITE.claims().stream().map(ClaimText::id).iterator();
  }
}
