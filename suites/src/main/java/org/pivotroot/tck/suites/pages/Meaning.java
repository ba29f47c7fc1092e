package org.pivotroot.tck.suites.pages;

import java.util.List;

/** What a statement is to the suite. */
sealed interface Meaning {
  /**
   * It says what happens, and claims try it.
   *
   * @param claims ids
   */
  record Tested(List<String> claims) implements Meaning {
    /** Takes a copy. */
    public Tested {
      claims = List.copyOf(claims);
    }
  }

  /** It says what happens, and cannot be tried; with the reason. */
  record Untestable(String reason) implements Meaning {}

  /** It does not say what happens; with what it is instead, such as {@code advice}. */
  record NotBehaviour(String kind) implements Meaning {}

  /** Nobody has said yet. */
  record Unmapped() implements Meaning {}
}
