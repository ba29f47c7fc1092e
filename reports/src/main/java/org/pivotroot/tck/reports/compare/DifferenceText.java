package org.pivotroot.tck.reports.compare;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.reports.compare.Difference.ClaimDifference;

/** A difference as one block for a terminal. */
public final class DifferenceText {
  private DifferenceText() {}

  /** The block, ending in a newline. */
  public static String of(Difference difference) {
    StringBuilder text = new StringBuilder("New run against reports/observed: ");
    if (difference.run().isEmpty()) {
      return text.append("there is no new run.\n").toString();
    }
    List<ClaimDifference> claims = difference.claims();
    long changes = claims.stream().filter(ClaimDifference::isChange).count();
    long additions = claims.stream().filter(ClaimDifference::isNew).count();
    text.append(changes)
        .append(" changed verdicts, reasons or facts, ")
        .append(claims.size() - changes - additions)
        .append(" changed transcripts only, ")
        .append(additions)
        .append(" new claims, ")
        .append(difference.unknown().size())
        .append(" new kernels.\n");
    if (!difference.unknown().isEmpty()) {
      text.append("  new kernels: ")
          .append(
              difference.unknown().stream()
                  .map(ResultDocument::name)
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    claims.stream().filter(ClaimDifference::isChange).forEach(claim -> append(text, claim));
    claims.stream()
        .filter(claim -> !claim.isChange() && !claim.isNew())
        .forEach(claim -> append(text, claim));
    claims.stream()
        .filter(ClaimDifference::isNew)
        .collect(
            Collectors.groupingBy(
                ClaimDifference::target,
                java.util.TreeMap::new,
                Collectors.mapping(claim -> claim.seen().claim(), Collectors.joining(", "))))
        .forEach(
            (target, ids) ->
                text.append("  ").append(target).append(": new claims: ").append(ids).append('\n'));
    if (changes > 0) {
      text.append(
          "If the new behaviour is right, ./tck accept puts it on record; if it is not, the"
              + " transcripts say which call to look at.\n");
    } else if (!claims.isEmpty() || !difference.unknown().isEmpty()) {
      text.append("./tck accept puts this on record.\n");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, ClaimDifference claim) {
    text.append("  ").append(claim.target()).append(' ').append(claim.seen().claim()).append(":\n");
    if (claim.observed().verdict() != claim.seen().verdict()) {
      text.append("    verdict: ")
          .append(claim.observed().verdict().word())
          .append(" -> ")
          .append(claim.seen().verdict().word());
      if (claim.seen().because() != null) {
        text.append(" (").append(claim.seen().because()).append(')');
      }
      text.append('\n');
    } else if (!Objects.equals(claim.observed().because(), claim.seen().because())) {
      text.append("    because: ")
          .append(claim.observed().because())
          .append(" -> ")
          .append(claim.seen().because())
          .append('\n');
    }
    FactChange.between(claim.observed(), claim.seen())
        .forEach(
            fact ->
                text.append("    fact ")
                    .append(fact.name())
                    .append(": ")
                    .append(fact.before())
                    .append(" -> ")
                    .append(fact.after())
                    .append('\n'));
    LineDiff.of(claim.observed().transcript(), claim.seen().transcript()).stream()
        .filter(line -> line.side() != LineDiff.Side.BOTH)
        .forEach(
            line ->
                text.append("    ")
                    .append(line.side() == LineDiff.Side.LEFT ? "- " : "+ ")
                    .append(line.text().replace("\n", "\n      "))
                    .append('\n'));
  }
}
