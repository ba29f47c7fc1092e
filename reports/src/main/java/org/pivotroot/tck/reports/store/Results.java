package org.pivotroot.tck.reports.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.Behaviour;
import org.pivotroot.tck.model.record.ClaimRecord;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.TargetRecord;

/** All that is known: the record, overlaid with a new run. */
public final class Results {
  private final ObservedRecord record;
  private final ObservedRecord all;
  private final List<ClaimText> claims;
  private final Map<String, Map<String, Seen>> byTarget = new HashMap<>();

  /**
   * A record with a run in it.
   *
   * @param record what targets are held to
   * @param run what was seen since
   */
  public Results(ObservedRecord record, List<ResultDocument> run) {
    this.record = record;
    all = run.isEmpty() ? record : record.with(run);
    claims =
        all.claims().values().stream().map(ClaimRecord::claim).sorted(new ClaimOrder()).toList();
    all.targets().forEach(target -> byTarget.put(target.name(), new HashMap<>()));
    all.claims().values().forEach(this::add);
  }

  private void add(ClaimRecord known) {
    for (Behaviour behaviour : known.behaviours()) {
      Observation observation = behaviour.observation(known.claim());
      for (String name : behaviour.targets()) {
        TargetRecord target = all.target(name).orElseThrow();
        Seen seen = new Seen(target, observation, expected(target, known.claim()));
        byTarget.get(name).put(known.claim().id(), seen);
      }
    }
  }

  /** By the record; by what the claim explains where nothing is on record of it. */
  private Verdict expected(TargetRecord target, ClaimText claim) {
    return record
        .nearest(claim.id(), target.target())
        .map(Behaviour::verdict)
        .or(() -> Seen.explanation(target, claim).map(Explanation::verdict))
        .orElse(Verdict.UPHELD);
  }

  /** In the order of the record. */
  public List<TargetRecord> targets() {
    return all.targets();
  }

  /** By page, section and id. */
  public List<ClaimText> claims() {
    return claims;
  }

  /** The target of this name, if there is one. */
  public Optional<TargetRecord> target(String name) {
    return all.target(name);
  }

  /** What a claim came to on a target, if it was tried there. */
  public Optional<Seen> at(String claim, TargetRecord target) {
    return Optional.ofNullable(byTarget.get(target.name()).get(claim));
  }

  /** All that a target showed, by claim. */
  public List<Seen> of(TargetRecord target) {
    return all.claims().keySet().stream().flatMap(claim -> at(claim, target).stream()).toList();
  }
}
