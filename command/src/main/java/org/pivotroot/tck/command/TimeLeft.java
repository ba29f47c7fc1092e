package org.pivotroot.tck.command;

import java.util.Collection;
import org.pivotroot.tck.model.observation.Durations;

/**
 * How long a run will still take, by how long claims took before, and how fast this run is.
 *
 * @param durations those of the last run, or on record
 */
record TimeLeft(Durations durations) {
  /** Before so much of it is done, its speed cannot be told. */
  private static final double TOLD_BY = 0.05;

  /** In words; empty where it cannot be told. */
  String of(Collection<Tally> tallies, double secondsSoFar) {
    double whole = tallies.stream().mapToLong(tally -> tally.whole(durations)).sum();
    double left = tallies.stream().mapToLong(tally -> tally.left(durations)).sum();
    if (whole == 0 || left == 0 || (whole - left) / whole < TOLD_BY) {
      return "";
    }
    return words(Math.round(secondsSoFar * left / (whole - left)));
  }

  private static String words(long seconds) {
    if (seconds >= 90) {
      return "about " + (seconds + 30) / 60 + " min left";
    }
    return seconds >= 10 ? "about " + (seconds + 5) / 10 * 10 + " s left" : "a few seconds left";
  }
}
