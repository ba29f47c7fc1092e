package org.pivotroot.tck.coverage;

import java.util.List;
import java.util.Map;

/** What became of an edition that was to be read. */
sealed interface EditionText {
  /** The edition. */
  Edition edition();

  /**
   * It was read.
   *
   * @param pages the statements in scope by page, both in order
   */
  record Read(Edition edition, Map<String, List<Statement>> pages) implements EditionText {}

  /**
   * It could not be had.
   *
   * @param reason why, and what to do about it
   */
  record Unread(Edition edition, String reason) implements EditionText {}
}
