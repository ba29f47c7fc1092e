package org.pivotroot.tck.harness.task;

/**
 * A program that has ended.
 *
 * @param status exit status; 128 plus the signal if one ended it
 * @param output its standard output, without the last newline
 * @param error its standard error, without the last newline
 */
public record Ran(int status, String output, String error) {
  /** As transcripts show it: the status, and what was written, newlines as {@code \\n}. */
  @Override
  public String toString() {
    return status + shown("output", output) + shown("error", error);
  }

  private static String shown(String stream, String text) {
    return text.isEmpty() ? "" : ", " + stream + " \"" + text.replace("\n", "\\n") + '"';
  }
}
