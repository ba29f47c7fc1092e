package org.pivotroot.tck.reports.formats;

import java.util.List;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/**
 * KTAP version 1, as the kernel's documentation on test formats describes it: the target is the
 * test, its claims the subtests. A claim is ok if its verdict is the one on record.
 */
final class Ktap {
  private Ktap() {}

  static String of(Results results, TargetRecord target) {
    List<Seen> all = results.of(target);
    StringBuilder text = new StringBuilder("KTAP version 1\n1..1\n  KTAP version 1\n");
    text.append("  1..").append(all.size()).append('\n');
    int number = 0;
    for (Seen seen : all) {
      number++;
      seen.facts().forEach((name, value) -> diagnose(text, seen, name + ": " + value));
      if (seen.isUnexpected()) {
        diagnose(text, seen, "expected: " + seen.expected().word());
        seen.transcript().forEach(line -> diagnose(text, seen, line));
      }
      text.append(seen.isUnexpected() ? "  not ok " : "  ok ")
          .append(number)
          .append(' ')
          .append(seen.claim().id());
      if (seen.verdict() == Verdict.NOT_APPLICABLE) {
        text.append(" # SKIP ").append(oneLine(seen.because()));
      } else {
        text.append(" # ").append(seen.verdict().word());
      }
      text.append('\n');
    }
    boolean ok = all.stream().noneMatch(Seen::isUnexpected);
    return text.append(ok ? "ok 1 " : "not ok 1 ")
        .append(Wording.file(target))
        .append('\n')
        .toString();
  }

  private static void diagnose(StringBuilder text, Seen seen, String what) {
    what.lines()
        .forEach(
            line ->
                text.append("  # ")
                    .append(seen.claim().id())
                    .append(": ")
                    .append(line)
                    .append('\n'));
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('#', ' ');
  }
}
