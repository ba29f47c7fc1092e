package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/** Claims by targets, and where neighbouring versions differ. */
public final class Comparison {
  private final Results results;
  private final List<Step> steps;

  /** Compares all targets of the results. */
  public Comparison(Results results) {
    this.results = results;
    this.steps = steps(results);
  }

  /** What is compared. */
  public Results results() {
    return results;
  }

  /** The steps that changed something, older first. */
  public List<Step> steps() {
    return steps;
  }

  /**
   * Each observation is set against the one of the nearest older target that shows anything: a
   * broken trial hides no change.
   */
  private static List<Step> steps(Results results) {
    Map<List<String>, Step> steps = new LinkedHashMap<>();
    for (int newer = 0; newer < results.targets().size(); newer++) {
      TargetRecord target = results.targets().get(newer);
      for (ClaimText claim : results.claims()) {
        Optional<Seen> after = conclusive(results, claim, target);
        Optional<Seen> before = predecessor(results, claim, newer);
        if (after.isPresent() && before.isPresent()) {
          Change.between(before.get(), after.get())
              .ifPresent(
                  change ->
                      steps
                          .computeIfAbsent(
                              List.of(change.before().target().name(), target.name()),
                              key -> new Step(change.before().target(), target, new ArrayList<>()))
                          .changes()
                          .add(change));
        }
      }
    }
    return steps.values().stream()
        .map(step -> new Step(step.before(), step.after(), verdictsFirst(step.changes())))
        .toList();
  }

  private static List<Change> verdictsFirst(List<Change> changes) {
    return changes.stream()
        .sorted(Comparator.comparing((Change change) -> !change.changesVerdict()))
        .toList();
  }

  private static Optional<Seen> predecessor(Results results, ClaimText claim, int newer) {
    String environment = results.targets().get(newer).target().environment();
    for (int older = newer - 1; older >= 0; older--) {
      TargetRecord candidate = results.targets().get(older);
      if (candidate.target().environment().equals(environment)) {
        Optional<Seen> seen = conclusive(results, claim, candidate);
        if (seen.isPresent()) {
          return seen;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Seen> conclusive(Results results, ClaimText claim, TargetRecord target) {
    return results.at(claim.id(), target).filter(seen -> seen.verdict() != Verdict.INCONCLUSIVE);
  }

  /** The matrix: pages in order, in each the sections in order, in each the claims. */
  public Map<String, Map<String, List<Row>>> matrix() {
    Map<String, Map<String, List<Row>>> pages = new LinkedHashMap<>();
    for (ClaimText claim : results.claims()) {
      pages
          .computeIfAbsent(claim.page(), page -> new LinkedHashMap<>())
          .computeIfAbsent(claim.section(), section -> new ArrayList<>())
          .add(row(claim));
    }
    return pages;
  }

  /** The rows of the claims whose verdict changed between neighbouring versions. */
  public List<Row> changed() {
    Set<String> claims =
        steps.stream()
            .flatMap(step -> step.changes().stream())
            .filter(Change::changesVerdict)
            .map(change -> change.claim().id())
            .collect(Collectors.toSet());
    return results.claims().stream()
        .filter(claim -> claims.contains(claim.id()))
        .map(this::row)
        .toList();
  }

  private Row row(ClaimText claim) {
    List<Cell> cells = new ArrayList<>();
    List<Shown> shown = new ArrayList<>();
    List<Seen> unlike = new ArrayList<>();
    for (TargetRecord target : results.targets()) {
      Optional<Seen> found = results.at(claim.id(), target);
      cells.add(
          found
              .map(seen -> new Cell(target, seen, Shown.add(shown, seen), kind(unlike, seen)))
              .orElseGet(() -> new Cell(target, null, -1, -1)));
    }
    return new Row(claim, cells, shown, unlike);
  }

  /** Index of the one among these that differs in nothing that matters; it is added if none is. */
  private static int kind(List<Seen> unlike, Seen seen) {
    for (int i = 0; i < unlike.size(); i++) {
      if (Change.between(unlike.get(i), seen).isEmpty()) {
        return i;
      }
    }
    unlike.add(seen);
    return unlike.size() - 1;
  }

  /**
   * A claim on all targets.
   *
   * @param claim the claim
   * @param cells one per target, in their order
   * @param shown what was seen, once for all targets that showed the same
   * @param unlike one of each kind of observations between which there is a {@link Change}
   */
  public record Row(ClaimText claim, List<Cell> cells, List<Shown> shown, List<Seen> unlike) {}

  /**
   * A claim on a target.
   *
   * @param target the target
   * @param seen what was seen; null if the claim was not tried there
   * @param shown index in {@link Row#shown()}, or -1
   * @param kind index in {@link Row#unlike()}, or -1: two cells have the same one unless there is a
   *     change between them
   */
  public record Cell(TargetRecord target, Seen seen, int shown, int kind) {}

  /**
   * What several targets showed alike.
   *
   * @param targets the targets
   * @param seen on the first of them, or the first that was expected to show something else
   */
  public record Shown(List<TargetRecord> targets, Seen seen) {
    private static int add(List<Shown> shown, Seen seen) {
      for (int i = 0; i < shown.size(); i++) {
        Shown other = shown.get(i);
        if (other.seen.observation().equals(seen.observation())) {
          other.targets.add(seen.target());
          if (seen.isUnexpected() && !other.seen.isUnexpected()) {
            shown.set(i, new Shown(other.targets, seen));
          }
          return i;
        }
      }
      List<TargetRecord> targets = new ArrayList<>();
      targets.add(seen.target());
      shown.add(new Shown(targets, seen));
      return shown.size() - 1;
    }
  }
}
