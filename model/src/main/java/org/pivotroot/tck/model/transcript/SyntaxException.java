package org.pivotroot.tck.model.transcript;

import java.util.List;

/** What was typed means nothing; the message says what and why. */
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String word;
  private final transient List<String> known;

  /** With a message for the user. */
  public SyntaxException(String message) {
    this(message, "", List.of());
  }

  /**
   * With a message for the user.
   *
   * @param word that is not known; empty if something else is wrong
   * @param known those that could stand there
   */
  public SyntaxException(String message, String word, List<String> known) {
    super(message);
    this.word = word;
    this.known = known;
  }

  /** The word that is not known; empty if something else is wrong. */
  public String word() {
    return word;
  }

  /** The words that could stand in its place. */
  public List<String> known() {
    return known;
  }
}
