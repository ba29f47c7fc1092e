package org.pivotroot.tck.harness.task;

/**
 * An open file description's number. Tasks that are threads of the agent share their descriptors.
 *
 * @param number as open(2) returned it
 * @param name stable name for transcripts
 */
public record Descriptor(long number, String name) {
  private static final String DIRECTORY = "/proc/thread-self/fd/";

  /**
   * A name by which a call that takes a path can use the descriptor, through /proc. Transcripts
   * show it with the stable name for the number.
   */
  public String path() {
    return DIRECTORY + number;
  }

  String stablePath() {
    return DIRECTORY + name;
  }
}
