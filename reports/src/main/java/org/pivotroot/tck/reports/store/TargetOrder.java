package org.pivotroot.tck.reports.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * VMs before containers, and within each the kernels by version: 6.9 before 6.12-rc1 before 6.12.
 */
public final class TargetOrder implements Comparator<ResultDocument> {
  private static final Pattern RELEASE =
      Pattern.compile("(\\d+(?:\\.\\d+)*)(?:[-~]rc(\\d+))?(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Comparator<String> BY_RELEASE =
      Comparator.comparing((String release) -> numbers(match(release).group(1)), Arrays::compare)
          .thenComparing(release -> candidate(match(release).group(2)))
          .thenComparing(release -> numbers(match(release).group(3)), Arrays::compare)
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<ResultDocument> ORDER =
      Comparator.comparing(ResultDocument::target, Comparator.comparing(TargetOrder::rank))
          .thenComparing(document -> document.target().kernel().release(), BY_RELEASE);

  private static int rank(ResultDocument.Target target) {
    return target.environment().equals("vm") ? 0 : 1;
  }

  private static Matcher match(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      throw new ReportException(
          "the kernel release '" + release + "' starts with no version, such as 6.1");
    }
    return matcher;
  }

  private static int[] numbers(String text) {
    return NUMBER.matcher(text).results().mapToInt(found -> number(found.group())).toArray();
  }

  /** Longer numbers, such as dates with a time, all count as very large. */
  private static int number(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** A release comes after its candidates. */
  private static int candidate(String number) {
    return number == null ? Integer.MAX_VALUE : number(number);
  }

  @Override
  public int compare(ResultDocument left, ResultDocument right) {
    return ORDER.compare(left, right);
  }
}
