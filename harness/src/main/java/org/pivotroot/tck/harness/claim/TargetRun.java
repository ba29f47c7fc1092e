package org.pivotroot.tck.harness.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.TargetUnavailableException;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;

/** A target during a run, and what was observed on it. */
final class TargetRun {
  /** A kernel that has lost so many guests is not asked for more. */
  static final int LOST_AT_MOST = 30;

  /** All claims take a kernel one or two minutes of this, under the slowest translator. */
  static final Duration TIME_AT_MOST = Duration.ofHours(1);

  private final Target target;
  private final ResultDocument.Target description;
  private final Probing probing;
  private final AtomicBoolean unusable = new AtomicBoolean();
  private final NavigableMap<String, Observation> observations = new ConcurrentSkipListMap<>();
  private final Map<String, Long> millis = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  TargetRun(Target target) {
    this.target = target;
    this.description = target.description();
    this.probing = new Probing(target);
  }

  Target target() {
    return target;
  }

  /**
   * What the target lacks or does not show; found out when first asked.
   *
   * @throws org.pivotroot.tck.harness.environment.TargetUnavailableException if there is no guest
   *     to find out in, or something is lacking that must be there
   */
  Set<Feature> lacking(GuestPool guests) {
    return probing.lacking(guests);
  }

  String name() {
    return target.name();
  }

  ResultDocument.Target description() {
    return description;
  }

  /**
   * Whether a claim may be not applicable although no annotation says so: a kernel that somebody
   * configured need not have what the catalogue's kernels have.
   */
  boolean mayLackFeatures() {
    return !target.hasCatalogueKernel();
  }

  /** Whether nobody has told yet that this target gives no guest: one failure says it for all. */
  boolean isFirstToSayUnusable() {
    return !unusable.getAndSet(true);
  }

  void record(Observation observation) {
    Observation other = observations.put(observation.id(), observation);
    if (other != null) {
      throw new IllegalStateException("two claims have the id " + observation.id());
    }
  }

  /** Notes that a guest ended in a claim. */
  void lost() {
    lost.incrementAndGet();
  }

  /**
   * Fails if this target has cost enough.
   *
   * @throws TargetUnavailableException if too many guests ended, or claims took too long
   */
  void checkThatItIsWorthTrying() {
    if (lost.get() >= LOST_AT_MOST) {
      throw new TargetUnavailableException(
          "given up, since %d guests ended in %d claims; try those that ended them with -Dclaims"
              .formatted(lost.get(), observations.size()));
    }
    Duration taken = Duration.ofNanos(nanos.get());
    if (taken.compareTo(TIME_AT_MOST) > 0) {
      throw new TargetUnavailableException(
          "given up, since %d claims took %d minutes; name some with -Dclaims"
              .formatted(observations.size(), taken.toMinutes()));
    }
  }

  /** Notes how long a claim took, the start of a guest of its own included. */
  void took(String claim, long nanos) {
    this.nanos.addAndGet(nanos);
    millis.put(claim, nanos / 1_000_000);
  }

  /** Tells how long each claim took. */
  void tell(Durations durations) {
    millis.forEach((claim, taken) -> durations.put(name(), claim, taken));
  }

  /** The document of what was observed so far. */
  ResultDocument document(ResultDocument.Suite suite) {
    List<Observation> sorted = new ArrayList<>(observations.values());
    return new ResultDocument(ResultDocument.SCHEMA_VERSION, description, suite, sorted);
  }

  boolean isEmpty() {
    return observations.isEmpty();
  }
}
