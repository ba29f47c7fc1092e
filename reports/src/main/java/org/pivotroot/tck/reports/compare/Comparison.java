package org.pivotroot.tck.reports.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.store.Claim;
import org.pivotroot.tck.reports.store.Results;

/** Claims by targets, and where neighbouring kernel versions differ. */
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
   * Each observation is set against the one of the nearest older kernel that shows anything: a
   * broken trial hides no change.
   */
  private static List<Step> steps(Results results) {
    Map<List<String>, Step> steps = new LinkedHashMap<>();
    List<ResultDocument> targets = results.targets();
    for (int newer = 0; newer < targets.size(); newer++) {
      ResultDocument after = targets.get(newer);
      for (Claim claim : results.claims()) {
        Optional<Observation> is = conclusive(results, claim, after);
        Optional<ResultDocument> before =
            is.isEmpty() ? Optional.empty() : predecessor(results, claim, newer);
        if (before.isPresent()) {
          Observation was = conclusive(results, claim, before.get()).orElseThrow();
          Change.between(claim, was, is.orElseThrow())
              .ifPresent(
                  change ->
                      steps
                          .computeIfAbsent(
                              List.of(before.get().name(), after.name()),
                              key -> new Step(before.get(), after, new ArrayList<>()))
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

  private static Optional<ResultDocument> predecessor(Results results, Claim claim, int newer) {
    List<ResultDocument> targets = results.targets();
    String environment = targets.get(newer).target().environment();
    for (int older = newer - 1; older >= 0; older--) {
      ResultDocument candidate = targets.get(older);
      if (candidate.target().environment().equals(environment)
          && conclusive(results, claim, candidate).isPresent()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static Optional<Observation> conclusive(
      Results results, Claim claim, ResultDocument target) {
    return results
        .at(claim.id(), target)
        .filter(observation -> observation.verdict() != Verdict.INCONCLUSIVE);
  }

  /** The matrix: pages in order, in each the sections in order, in each the claims. */
  public Map<String, Map<String, List<Row>>> matrix() {
    Map<String, Map<String, List<Row>>> pages = new LinkedHashMap<>();
    for (Claim claim : results.claims()) {
      pages
          .computeIfAbsent(claim.page(), page -> new LinkedHashMap<>())
          .computeIfAbsent(claim.section(), section -> new ArrayList<>())
          .add(row(claim));
    }
    return pages;
  }

  /** The rows of the claims whose verdict changed between neighbouring versions. */
  public List<Row> changed() {
    Set<Claim> claims =
        steps.stream()
            .flatMap(step -> step.changes().stream())
            .filter(Change::changesVerdict)
            .map(Change::claim)
            .collect(Collectors.toSet());
    return results.claims().stream().filter(claims::contains).map(this::row).toList();
  }

  private Row row(Claim claim) {
    List<Cell> cells = new ArrayList<>();
    List<Shown> shown = new ArrayList<>();
    List<Map<String, String>> facts = new ArrayList<>();
    for (ResultDocument target : results.targets()) {
      Optional<Observation> observation = results.at(claim.id(), target);
      if (observation.isEmpty()) {
        cells.add(new Cell(target, null, -1, -1));
        continue;
      }
      if (!facts.contains(observation.get().facts())) {
        facts.add(observation.get().facts());
      }
      cells.add(
          new Cell(
              target,
              observation.get(),
              Shown.add(shown, target, observation.get()),
              facts.indexOf(observation.get().facts())));
    }
    return new Row(claim, cells, shown, facts.size());
  }

  /**
   * A claim on all targets.
   *
   * @param claim the claim
   * @param cells one per target, in their order
   * @param shown what was seen, once for all targets that showed the same
   * @param facts number of different sets of facts
   */
  public record Row(Claim claim, List<Cell> cells, List<Shown> shown, int facts) {}

  /**
   * A claim on a target.
   *
   * @param target the target
   * @param observation what was seen; null if the claim was not tried there
   * @param shown index in {@link Row#shown()}, or -1
   * @param facts the same number for the same facts, or -1
   */
  public record Cell(ResultDocument target, Observation observation, int shown, int facts) {}

  /**
   * What several targets showed alike.
   *
   * @param targets the targets
   * @param observation of the first of them
   */
  public record Shown(List<ResultDocument> targets, Observation observation) {
    private static int add(List<Shown> shown, ResultDocument target, Observation observation) {
      for (int i = 0; i < shown.size(); i++) {
        if (shown.get(i).observation.equals(observation)) {
          shown.get(i).targets.add(target);
          return i;
        }
      }
      List<ResultDocument> targets = new ArrayList<>();
      targets.add(target);
      shown.add(new Shown(targets, observation));
      return shown.size() - 1;
    }
  }
}
