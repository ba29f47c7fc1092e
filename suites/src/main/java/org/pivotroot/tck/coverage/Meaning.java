package org.pivotroot.tck.coverage;

import java.util.List;
import java.util.Set;

/** What a statement is to the suite. */
sealed interface Meaning {
  /**
   * It says what happens, and claims try it or are to.
   *
   * @param claims ids of claims that are written
   * @param wanted ids of claims that are not written yet, and without which it is not covered
   */
  record Testable(List<String> claims, List<String> wanted) implements Meaning {
    /** Takes copies. */
    public Testable {
      claims = List.copyOf(claims);
      wanted = List.copyOf(wanted);
    }

    /** Whether all the claims are written. */
    boolean isCovered(Set<String> written) {
      return wanted.isEmpty() && written.containsAll(claims);
    }
  }

  /** It says what happens, and cannot be tried; with the reason. */
  record Untestable(String reason) implements Meaning {}

  /** It does not say what happens; with what it is instead, such as {@code advice}. */
  record NotBehaviour(String kind) implements Meaning {}

  /** Nobody has said yet. */
  record Unmapped() implements Meaning {}
}
