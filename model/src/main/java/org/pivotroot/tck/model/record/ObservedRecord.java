package org.pivotroot.tck.model.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Version;

/**
 * All that is known.
 *
 * @param targets those on record, in the order of {@link TargetOrder}
 * @param claims what is known of each claim, by its id; targets in full, no ranges
 */
public record ObservedRecord(List<TargetRecord> targets, SortedMap<String, ClaimRecord> claims) {

  /** A record of nothing. */
  public static ObservedRecord empty() {
    return new ObservedRecord(List.of(), new TreeMap<>());
  }

  /** The target of this name, if it is on record. */
  public Optional<TargetRecord> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /** Short for these targets: {@code vm 5.10..6.19} stands for all on record in between. */
  public List<String> shortened(List<String> names) {
    return TargetRanges.shortened(names, targets.stream().map(TargetRecord::name).toList());
  }

  /** What a target showed for a claim, if that is on record. */
  public Optional<Behaviour> at(String claim, String target) {
    return Optional.ofNullable(claims.get(claim)).stream()
        .flatMap(known -> known.behaviours().stream())
        .filter(behaviour -> behaviour.targets().contains(target))
        .findFirst();
  }

  /**
   * What a target is held to: what it showed itself, else, for any Linux and but for what it has,
   * what that very version did in a virtual machine, else what the nearest version of its
   * environment did, or of a virtual machine. Of the same series, else of all, the newest version
   * that is not newer is nearest, else the oldest.
   */
  public Optional<Behaviour> nearest(String claim, ResultDocument.Target target) {
    return at(claim, target.name())
        .or(() -> isOfTheCode(claim, target) ? sameIn("vm", claim, target) : Optional.empty())
        .or(() -> nearestIn(target.environment(), claim, target))
        .or(() -> target.isLinux() ? nearestIn("vm", claim, target) : Optional.empty());
  }

  /** What a kernel has is as it was configured, which is another thing in each environment. */
  private static boolean isOfTheCode(String claim, ResultDocument.Target target) {
    return target.isLinux() && !claim.startsWith(ClaimText.FEATURES + ".");
  }

  private Optional<Behaviour> sameIn(
      String environment, String claim, ResultDocument.Target target) {
    return targets.stream()
        .filter(one -> one.target().environment().equals(environment))
        .filter(one -> series(one.target()).equals(series(target)))
        .filter(one -> TargetOrder.areOfOneRelease(one.target(), target))
        .flatMap(one -> at(claim, one.name()).stream())
        .findFirst();
  }

  private Optional<Behaviour> nearestIn(
      String environment, String claim, ResultDocument.Target target) {
    Version version = TargetOrder.version(target);
    List<TargetRecord> known =
        targets.stream()
            .filter(one -> one.target().environment().equals(environment))
            .filter(one -> at(claim, one.name()).isPresent())
            .sorted(Comparator.comparing(one -> TargetOrder.version(one.target())))
            .toList();
    List<TargetRecord> ofSeries =
        known.stream().filter(one -> series(one.target()).equals(series(target))).toList();
    List<TargetRecord> candidates = ofSeries.isEmpty() ? known : ofSeries;
    Optional<TargetRecord> older =
        candidates.stream()
            .filter(one -> TargetOrder.version(one.target()).compareTo(version) <= 0)
            .reduce((first, later) -> later);
    return older.or(() -> candidates.stream().findFirst()).flatMap(one -> at(claim, one.name()));
  }

  private static String series(ResultDocument.Target target) {
    return target.kernel() == null ? "" : String.valueOf(target.kernel().series());
  }

  /**
   * Whether this very kernel, and no other of its version, is on record in this environment; a
   * container's is not known by its file.
   */
  public boolean hasKernelOf(ResultDocument.Target target) {
    return target.kernel() != null
        && target.kernel().sha256() != null
        && targets.stream()
            .map(TargetRecord::target)
            .filter(known -> known.environment().equals(target.environment()))
            .anyMatch(known -> target.kernel().sha256().equals(known.kernel().sha256()));
  }

  /** Everything as one document per target, in their order. */
  public List<ResultDocument> documents() {
    return targets.stream()
        .map(
            target ->
                new ResultDocument(
                    ResultDocument.SCHEMA_VERSION,
                    target.target(),
                    target.suite(),
                    claims.values().stream()
                        .flatMap(
                            known ->
                                at(known.claim().id(), target.name())
                                    .map(behaviour -> behaviour.observation(known.claim()))
                                    .stream())
                        .toList()))
        .toList();
  }

  /**
   * This record with a run in it: its targets replace those of the same name; what is not tried in
   * it stays.
   */
  public ObservedRecord with(List<ResultDocument> run) {
    SortedMap<String, TargetRecord> byName = new TreeMap<>();
    targets.forEach(target -> byName.put(target.name(), target));
    run.forEach(
        document ->
            byName.put(
                document.name(),
                new TargetRecord(document.name(), document.target(), document.suite())));
    List<TargetRecord> all =
        byName.values().stream()
            .sorted(Comparator.comparing(TargetRecord::target, new TargetOrder()))
            .toList();
    SortedMap<String, ClaimText> texts = new TreeMap<>();
    claims.values().forEach(known -> texts.put(known.claim().id(), known.claim()));
    run.forEach(
        document ->
            document
                .observations()
                .forEach(observation -> texts.put(observation.id(), observation.claim())));
    SortedMap<String, ClaimRecord> merged = new TreeMap<>();
    texts.forEach((id, text) -> merged.put(id, merged(text, all, run)));
    return new ObservedRecord(all, merged);
  }

  private ClaimRecord merged(ClaimText claim, List<TargetRecord> all, List<ResultDocument> run) {
    List<Behaviour> behaviours = new ArrayList<>();
    for (TargetRecord target : all) {
      Optional<Observation> seen =
          run.stream()
              .filter(document -> document.name().equals(target.name()))
              .findFirst()
              .flatMap(document -> document.of(claim.id()))
              .or(
                  () ->
                      at(claim.id(), target.name()).map(behaviour -> behaviour.observation(claim)));
      seen.ifPresent(observation -> add(behaviours, target.name(), observation));
    }
    return new ClaimRecord(ClaimRecord.SCHEMA_VERSION, claim, behaviours);
  }

  private static void add(List<Behaviour> behaviours, String target, Observation observation) {
    for (int i = 0; i < behaviours.size(); i++) {
      Behaviour behaviour = behaviours.get(i);
      if (behaviour.isShownBy(observation)) {
        List<String> targets = new ArrayList<>(behaviour.targets());
        targets.add(target);
        behaviours.set(i, behaviour.of(targets));
        return;
      }
    }
    behaviours.add(Behaviour.of(List.of(target), observation));
  }

  /** This record without the claims and the targets that are not among these. */
  public ObservedRecord only(List<String> claimIds, List<String> targetNames) {
    SortedMap<String, ClaimRecord> kept = new TreeMap<>();
    claims.forEach(
        (id, known) -> {
          List<Behaviour> behaviours =
              known.behaviours().stream()
                  .map(
                      behaviour ->
                          behaviour.of(
                              behaviour.targets().stream().filter(targetNames::contains).toList()))
                  .filter(behaviour -> !behaviour.targets().isEmpty())
                  .toList();
          if (claimIds.contains(id) && !behaviours.isEmpty()) {
            kept.put(id, new ClaimRecord(known.schemaVersion(), known.claim(), behaviours));
          }
        });
    return new ObservedRecord(
        targets.stream().filter(target -> targetNames.contains(target.name())).toList(), kept);
  }

  /** The ids of the claims that another record knows otherwise or does not know. */
  public List<String> differsFrom(ObservedRecord other) {
    return claims.keySet().stream()
        .filter(id -> !Objects.equals(claims.get(id), other.claims.get(id)))
        .toList();
  }
}
