package org.pivotroot.tck.reports.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;

/** What is known of several targets. */
public final class Results {
  private final List<ResultDocument> targets;
  private final List<Claim> claims;
  private final Map<String, Map<String, Observation>> byTarget = new HashMap<>();

  /** Puts the documents in order; no two may be of one target. */
  public Results(Collection<ResultDocument> documents) {
    targets = documents.stream().sorted(new TargetOrder()).toList();
    Map<String, Claim> newest = new HashMap<>();
    for (ResultDocument document : targets) {
      Map<String, Observation> byClaim = new HashMap<>();
      for (Observation observation : document.observations()) {
        byClaim.put(observation.claim(), observation);
        newest.put(observation.claim(), Claim.of(observation));
      }
      byTarget.put(document.name(), byClaim);
    }
    claims = newest.values().stream().sorted().toList();
  }

  /** In the order of {@link TargetOrder}. */
  public List<ResultDocument> targets() {
    return targets;
  }

  /** By page, section and id. */
  public List<Claim> claims() {
    return claims;
  }

  /** The document of a target, by the target's name. */
  public Optional<ResultDocument> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /** What a claim came to on a target, if it was tried there. */
  public Optional<Observation> at(String claim, ResultDocument target) {
    return Optional.ofNullable(byTarget.get(target.name()).get(claim));
  }

  /** These results, with every observation replaced for which there is a newer one. */
  public Results overlaidWith(Results newer) {
    SortedMap<String, ResultDocument> documents = new TreeMap<>();
    targets.forEach(document -> documents.put(document.name(), document));
    newer.targets.forEach(document -> documents.merge(document.name(), document, Results::overlay));
    return new Results(documents.values());
  }

  private static ResultDocument overlay(ResultDocument older, ResultDocument newer) {
    SortedMap<String, Observation> observations = new TreeMap<>();
    older.observations().forEach(observation -> observations.put(observation.claim(), observation));
    newer.observations().forEach(observation -> observations.put(observation.claim(), observation));
    return new ResultDocument(
        newer.schemaVersion(), newer.target(), newer.suite(), List.copyOf(observations.values()));
  }
}
