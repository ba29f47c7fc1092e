package org.pivotroot.tck.reports.formats;

import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;

/**
 * KTAP version 1, as the kernel's documentation on test formats describes it: the target is the
 * test, its claims the subtests. A claim is ok if its verdict is the one on record.
 */
final class Ktap {
  private Ktap() {}

  static String of(ResultDocument target) {
    StringBuilder text = new StringBuilder("KTAP version 1\n1..1\n  KTAP version 1\n");
    text.append("  1..").append(target.observations().size()).append('\n');
    int number = 0;
    boolean ok = true;
    for (Observation observation : target.observations()) {
      number++;
      boolean met = observation.verdict() == observation.expected();
      ok &= met;
      observation
          .facts()
          .forEach((name, value) -> diagnose(text, observation, name + ": " + value));
      if (!met) {
        diagnose(text, observation, "expected: " + observation.expected().word());
        observation.transcript().forEach(line -> diagnose(text, observation, line));
      }
      text.append(met ? "  ok " : "  not ok ")
          .append(number)
          .append(' ')
          .append(observation.claim());
      if (observation.verdict() == Verdict.NOT_APPLICABLE) {
        text.append(" # SKIP ").append(oneLine(observation.because()));
      } else {
        text.append(" # ").append(observation.verdict().word());
      }
      text.append('\n');
    }
    return text.append(ok ? "ok 1 " : "not ok 1 ").append(target.name()).append('\n').toString();
  }

  private static void diagnose(StringBuilder text, Observation observation, String what) {
    what.lines()
        .forEach(
            line ->
                text.append("  # ")
                    .append(observation.claim())
                    .append(": ")
                    .append(line)
                    .append('\n'));
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('#', ' ');
  }
}
