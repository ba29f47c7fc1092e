package org.pivotroot.tck.harness.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pivotroot.tck.harness.environment.GuestLostException;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Share;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Exhaustion;
import org.pivotroot.tck.model.scenario.Generator;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;

/** Scenarios of one seed on one target, until there are enough of them. */
public final class Campaign {
  /** By this all scenarios are made up, so that they are the same for all targets. */
  public static final Kernel REFERENCE = Kernel.of("7.3");

  /** How many of one cause are shrunk, to find the one that is smallest. */
  private static final int SHRUNK = 2;

  private final Target target;
  private final Kernel kernel;
  private final FindFolder folder;
  private final Watcher watcher;
  private final Set<String> wellKnown = new HashSet<>();
  private final Map<String, Integer> shrunk = new HashMap<>();
  private Ledger ledger;
  private int next;

  /** Batches that were done before one with a lower number. */
  private final Map<Integer, Ledger.Batch> early = new TreeMap<>();

  /** Told how it goes, by several threads. */
  public interface Watcher {
    /** A target has come so far. */
    void progress(String target, Ledger ledger);

    /** Something new was found. */
    void found(Find find);

    /** Nobody watches. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void progress(String target, Ledger ledger) {}

          @Override
          public void found(Find find) {}
        };
  }

  /**
   * When to stop.
   *
   * @param scenarios how many scenarios there are to be in all, those of other parts included
   * @param deadline as {@link System#nanoTime()}
   * @param exhaustive whether the scenarios are all short ones rather than made-up ones
   */
  public record Limit(long scenarios, long deadline, boolean exhaustive) {
    /** A number of scenarios, and a time from now on. */
    public static Limit of(long scenarios, Duration time, boolean exhaustive) {
      return new Limit(scenarios, System.nanoTime() + time.toNanos(), exhaustive);
    }
  }

  /**
   * On a target, going on where the folder says that it stopped.
   *
   * @param part which of the batches it plays
   */
  public Campaign(Target target, long seed, Share part, FindFolder folder, Watcher watcher) {
    this.target = target;
    this.folder = folder;
    this.watcher = watcher;
    kernel = Kernel.of(release());
    ledger = folder.ledger(target.name(), seed, part);
    next = ledger.batches();
  }

  private String release() {
    return target.description().kernel().release();
  }

  /** Plays scenarios, in as many guests as given. */
  public Ledger run(Limit limit, int guests) {
    ExecutorService workers = Executors.newFixedThreadPool(guests);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < guests; i++) {
        all.add(workers.submit(() -> work(limit)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
    }
    return ledger;
  }

  private void work(Limit limit) {
    try (Subject subject = new Subject(target)) {
      for (Optional<Integer> batch = take(limit); batch.isPresent(); batch = take(limit)) {
        List<Scenario> scenarios =
            limit.exhaustive
                ? Exhaustion.batch(dealt(batch.get()))
                : Generator.batch(REFERENCE, ledger.seed(), dealt(batch.get()));
        done(batch.get(), play(subject, scenarios));
      }
    }
  }

  private synchronized Optional<Integer> take(Limit limit) {
    boolean enough =
        (long) dealt(next) * Generator.BATCH >= limit.scenarios
            || System.nanoTime() > limit.deadline
            || (limit.exhaustive && Exhaustion.batch(dealt(next)).isEmpty());
    return enough ? Optional.empty() : Optional.of(next++);
  }

  private int dealt(int batch) {
    return ledger.part().dealt(batch);
  }

  private synchronized void done(int number, Ledger.Batch batch) {
    early.put(number, batch);
    while (early.containsKey(ledger.batches())) {
      ledger = ledger.with(early.remove(ledger.batches()));
    }
    folder.write(target.name(), ledger);
    watcher.progress(target.name(), ledger);
  }

  private Ledger.Batch play(Subject subject, List<Scenario> scenarios) {
    Map<String, Integer> met = new TreeMap<>();
    List<Scenario> played = new ArrayList<>();
    List<Long> foretold = new ArrayList<>();
    int acts = 0;
    for (Scenario scenario : scenarios) {
      Course course = Course.of(kernel, scenario);
      played.add(scenario.first(course.moments().size()));
      foretold.add(Foretold.digest(course));
      acts += course.moments().size();
      course.moments().stream()
          .flatMap(moment -> moment.met().stream().map(Clause::id))
          .forEach(id -> met.merge(id, 1, Integer::sum));
    }
    Map<String, Integer> causes = new TreeMap<>();
    try {
      List<Long> digests = subject.digests(played);
      for (int i = 0; i < digests.size(); i++) {
        if (!digests.get(i).equals(foretold.get(i))) {
          causes.merge(inquire(subject, played.get(i)), 1, Integer::sum);
        }
      }
    } catch (GuestLostException | LeftoverException e) {
      causes.merge(lost(subject, played, e), 1, Integer::sum);
    }
    return new Ledger.Batch(played.size(), acts, causes, met);
  }

  private String inquire(Subject subject, Scenario scenario) {
    Inquiry inquiry = new Inquiry(subject, kernel);
    Optional<Inquiry.Case> seen = inquiry.look(scenario);
    if (seen.isEmpty()) {
      String cause = "the digest alone is otherwise, which is a fault of the harness";
      found(new Find(cause, target.name(), release(), scenario, List.of(), 0, List.of(), "", ""));
      return cause;
    }
    String cause = seen.get().deviation().cause();
    if (isToBeShrunk(cause)) {
      found(find(inquiry.shrink(seen.get())));
    }
    return cause;
  }

  private synchronized boolean isToBeShrunk(String cause) {
    return shrunk.merge(cause, 1, Integer::sum) <= SHRUNK;
  }

  private Find find(Inquiry.Case one) {
    Deviation deviation = one.deviation();
    return new Find(
        deviation.cause(),
        target.name(),
        release(),
        one.scenario(),
        one.events(),
        deviation.act(),
        deviation.reasons(),
        deviation.predicted(),
        deviation.seen());
  }

  private String lost(Subject subject, List<Scenario> scenarios, RuntimeException how) {
    Optional<Scenario> deadly = new Inquiry(subject, kernel).deadly(scenarios);
    String cause =
        (how instanceof LeftoverException
                ? "something is left behind in the guest"
                : "the guest was lost")
            + (deadly.isPresent() ? "" : ", but by no scenario alone");
    Scenario shown =
        deadly.orElseGet(
            () -> {
              List<Event> none = List.of();
              return new Scenario(scenarios.get(0).id() + " and those behind it", none);
            });
    found(
        new Find(
            cause,
            target.name(),
            release(),
            shown,
            List.of(),
            Math.max(0, shown.acts().size() - 1),
            List.of(),
            "",
            String.valueOf(how.getMessage())));
    return cause;
  }

  private synchronized void found(Find find) {
    boolean smaller = folder.add(find);
    if (wellKnown.add(find.cause()) || smaller) {
      watcher.found(find);
    }
  }
}
