package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.Behaviour;
import org.pivotroot.tck.model.record.Difference;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.Results;

/** Where a run differs from the record, as one block for a terminal. */
public final class DifferenceText {
  private final ObservedRecord record;
  private final List<ResultDocument> run;
  private final List<Difference> differences;
  private final Wording wording;
  private final StringBuilder text = new StringBuilder();

  private DifferenceText(
      ObservedRecord record, List<ResultDocument> run, List<Difference> differences) {
    this.record = record;
    this.run = run;
    this.differences = differences;
    this.wording = new Wording(new Results(record, run));
  }

  /** The block, ending in a newline. */
  public static String of(
      ObservedRecord record, List<ResultDocument> run, List<Difference> differences) {
    return run.isEmpty()
        ? "New run against the record: there is no new run.\n"
        : new DifferenceText(record, run, differences).block();
  }

  private String block() {
    List<String> unknown =
        run.stream()
            .map(ResultDocument::name)
            .filter(name -> record.target(name).isEmpty())
            .toList();
    long changes = differences.stream().filter(one -> one.kind().isBehaviour()).count();
    text.append("New run against the record: ")
        .append(changes)
        .append(" changed verdicts, facts, answers or ends, ")
        .append(count(Difference.Kind.EVENTS))
        .append(" other transcripts, ")
        .append(count(Difference.Kind.NEW))
        .append(" not on record, ")
        .append(unknown.size())
        .append(" new targets.\n");
    if (!unknown.isEmpty()) {
      text.append("  new targets, held to the nearest version on record: ")
          .append(String.join(", ", unknown))
          .append('\n');
    }
    differences.stream()
        .sorted(Comparator.comparing(Difference::kind))
        .collect(Collectors.groupingBy(Told::of, LinkedHashMap::new, Collectors.toList()))
        .forEach(this::append);
    if (changes > 0) {
      text.append(
          "If the new behaviour is right, ./tck accept puts it on record; if it is not, the"
              + " transcripts say which call to look at.\n");
    } else if (!differences.isEmpty() || !unknown.isEmpty()) {
      text.append("./tck accept puts this on record.\n");
    }
    return text.toString();
  }

  private long count(Difference.Kind kind) {
    return differences.stream().filter(one -> one.kind() == kind).count();
  }

  private void append(Told told, List<Difference> where) {
    List<TargetRecord> targets =
        where.stream()
            .map(Difference::target)
            .map(target -> new TargetRecord(target.name(), target, null))
            .toList();
    text.append("  ")
        .append(told.claim)
        .append(" on ")
        .append(wording.targets(targets))
        .append(": ")
        .append(told.kind.words())
        .append('\n');
    told.details.forEach(line -> text.append("    ").append(line).append('\n'));
  }

  /** A difference as it is told, once for all targets where it is the same. */
  private record Told(String claim, Difference.Kind kind, List<String> details) {
    private static Told of(Difference difference) {
      return new Told(
          difference.seen().id(), difference.kind(), DifferenceText.details(difference));
    }
  }

  private static List<String> details(Difference difference) {
    Behaviour held = difference.held();
    Observation seen = difference.seen();
    List<String> details = new ArrayList<>();
    if (held == null) {
      return details;
    }
    if (held.verdict() != seen.verdict()) {
      String because = seen.reason() == null ? "" : " (" + indented(seen.reason()) + ")";
      details.add("verdict: " + held.verdict().word() + " -> " + seen.verdict().word() + because);
    } else if (!Objects.equals(held.reason(), seen.reason())) {
      details.add("because: " + indented(held.reason()) + " -> " + indented(seen.reason()));
    }
    FactChange.between(held.facts(), seen.facts())
        .forEach(
            fact ->
                details.add("fact " + fact.name() + ": " + fact.before() + " -> " + fact.after()));
    difference.lines().forEach(line -> details.add(indented(line)));
    return details;
  }

  private static String indented(String lines) {
    return lines.replace("\n", "\n      ");
  }
}
