package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.ClaimRecord;
import org.pivotroot.tck.model.record.Difference;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.History;
import org.pivotroot.tck.reports.store.ReportException;
import org.pivotroot.tck.reports.store.Results;

/** A run put on record: what the record is then, and why each claim in it changed. */
public final class Acceptance {
  /** Environments whose initial mount namespace is a claim's to change. */
  private static final Set<String> OWN_KERNEL = Set.of("vm", "uml");

  private final ObservedRecord record;
  private final List<ResultDocument> run;
  private final ObservedRecord merged;
  private final ObservedRecord accepted;

  /**
   * Puts a run on record, in memory.
   *
   * @param record the record
   * @param run the run
   * @param drop ids of claims and names of targets that are to be on record no longer
   * @throws ReportException if one of these is not on record
   */
  public Acceptance(ObservedRecord record, List<ResultDocument> run, List<String> drop) {
    this.record = record;
    this.run = run;
    merged = run.isEmpty() ? record : record.with(run.stream().map(Acceptance::whole).toList());
    for (String name : drop) {
      if (merged.target(name).isEmpty() && !merged.claims().containsKey(name)) {
        throw new ReportException(
            "--drop="
                + name
                + ": no claim has this id and no target this name on record; targets are "
                + merged.targets().stream()
                    .map(TargetRecord::name)
                    .collect(Collectors.joining(", ")));
      }
    }
    accepted =
        merged.only(
            merged.claims().keySet().stream()
                .filter(claim -> !drop.contains(claim) && !isGone(claim))
                .toList(),
            merged.targets().stream()
                .map(TargetRecord::name)
                .filter(name -> !drop.contains(name))
                .toList());
  }

  /** What is on record of a target is of more than one run. */
  private static ResultDocument whole(ResultDocument document) {
    return new ResultDocument(
        document.schemaVersion(),
        document.target(),
        new ResultDocument.Suite(document.suite().commit()),
        document.observations());
  }

  /** Whether the suite has a claim no longer: only a run of all claims that could try it tells. */
  private boolean isGone(String claim) {
    String stage = merged.claims().get(claim).claim().stage();
    return run.stream().noneMatch(document -> document.suite().partial())
        && run.stream().anyMatch(document -> hasStage(document, stage))
        && run.stream().noneMatch(document -> document.of(claim).isPresent());
  }

  private static boolean hasStage(ResultDocument document, String stage) {
    return stage.equals("namespace") || OWN_KERNEL.contains(document.target().environment());
  }

  /** The record with the run in it and without what is gone. */
  public ObservedRecord accepted() {
    return accepted;
  }

  /**
   * Why the run is older than the record: a line for each target whose claims were tried by a suite
   * that is an ancestor of the one on record. Whether a guest image alone is older cannot be told;
   * it is named where the suite is.
   */
  public List<String> older(History history) {
    List<String> lines = new ArrayList<>();
    for (ResultDocument document : run) {
      Optional<TargetRecord> known = record.target(document.name());
      if (known.isPresent() && isBefore(document.suite(), known.get().suite(), history)) {
        boolean sameImage =
            document.target().guestImage().equals(known.get().target().guestImage());
        lines.add(
            document.name()
                + ": the run's suite, "
                + document.suite().commit()
                + ", came before that on record, "
                + known.get().suite().commit()
                + (sameImage ? "" : ", and its guest image is another"));
      }
    }
    return lines;
  }

  private static boolean isBefore(
      ResultDocument.Suite run, ResultDocument.Suite record, History history) {
    String earlier = commit(run);
    String later = commit(record);
    return !earlier.equals(later) && history.isAncestor(earlier, later).orElse(false);
  }

  private static String commit(ResultDocument.Suite suite) {
    return suite.commit().replaceFirst("-dirty$", "");
  }

  /** A line for each claim that changed, and why; then one for each target. */
  public List<String> reasons() {
    Wording wording = new Wording(new Results(merged, List.of()));
    SortedMap<String, String> reasons = new TreeMap<>();
    for (String claim : accepted.differsFrom(record)) {
      reasons.put(claim, why(claim, wording));
    }
    record.claims().keySet().stream()
        .filter(claim -> !accepted.claims().containsKey(claim))
        .forEach(claim -> reasons.put(claim, isGone(claim) ? "gone from the suite" : "dropped"));
    List<String> lines = new ArrayList<>();
    reasons.forEach((claim, why) -> lines.add(claim + ": " + why));
    accepted.targets().stream()
        .filter(target -> !record.target(target.name()).equals(Optional.of(target)))
        .forEach(
            target ->
                lines.add(
                    target.name()
                        + ": "
                        + (record.target(target.name()).isEmpty() ? "new" : "another")
                        + " target"));
    record.targets().stream()
        .filter(target -> accepted.target(target.name()).isEmpty())
        .forEach(target -> lines.add(target.name() + ": target dropped"));
    return lines;
  }

  private String why(String claim, Wording wording) {
    ClaimRecord before = record.claims().get(claim);
    if (before == null) {
      return "new";
    }
    List<String> parts = new ArrayList<>();
    if (!before.claim().equals(accepted.claims().get(claim).claim())) {
      parts.add("says of itself something else");
    }
    SortedMap<Difference.Kind, List<TargetRecord>> kinds = new TreeMap<>();
    List<TargetRecord> tried = new ArrayList<>();
    for (ResultDocument document : run) {
      TargetRecord target = merged.target(document.name()).orElseThrow();
      Optional<Observation> seen = document.of(claim);
      if (seen.isPresent() && record.at(claim, document.name()).isEmpty()) {
        tried.add(target);
      } else if (seen.isPresent()) {
        Difference.of(record, document.target(), seen.get())
            .ifPresent(
                difference ->
                    kinds
                        .computeIfAbsent(difference.kind(), kind -> new ArrayList<>())
                        .add(target));
      }
    }
    kinds.forEach((kind, targets) -> parts.add(kind.words() + " on " + wording.targets(targets)));
    if (!tried.isEmpty()) {
      parts.add("tried on " + wording.targets(tried));
    }
    return parts.isEmpty() ? "a target is gone" : String.join("; ", parts);
  }

  /** Targets that were not in the run and are on record with a guest image that it had not. */
  public List<String> leftBehind() {
    Set<String> images =
        run.stream().map(document -> document.target().guestImage()).collect(Collectors.toSet());
    return accepted.targets().stream()
        .filter(target -> run.stream().noneMatch(one -> one.name().equals(target.name())))
        .filter(target -> !images.contains(target.target().guestImage()))
        .map(TargetRecord::name)
        .toList();
  }
}
