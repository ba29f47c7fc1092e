package org.pivotroot.tck.model.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Situation;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * Makes up scenarios, batch by batch; the same ones for the same seed. Of several acts that could
 * be next it prefers the one that makes the specification come by what the batch came by least; and
 * some scenarios begin as another one did that came by something new.
 */
public final class Generator {
  /** Scenarios in a batch. */
  public static final int BATCH = 50;

  private static final int SHORTEST = 3;
  private static final int LONGEST = 20;
  private static final int CANDIDATES = 4;

  /** More would take long to look at; a recursive bind mount can double their number. */
  private static final int MOST_MOUNTS = 36;

  private final Kernel kernel;
  private final long seed;
  private final int number;
  private final SplittableRandom random;
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<List<Course.Moment>> beginnings = new ArrayList<>();

  private Generator(Kernel kernel, long seed, int number) {
    this.kernel = kernel;
    this.seed = seed;
    this.number = number;
    random = new SplittableRandom(seed * 1_000_003 + number);
  }

  /**
   * The scenarios of a batch.
   *
   * @param kernel by which what can come next is judged
   * @param number of the batch, from 0
   */
  public static List<Scenario> batch(Kernel kernel, long seed, int number) {
    Generator generator = new Generator(kernel, seed, number);
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      scenarios.add(generator.scenario(i));
    }
    return scenarios;
  }

  private Scenario scenario(int index) {
    List<Course.Moment> moments = new ArrayList<>();
    int kind = random.nextInt(100);
    if (kind < 30 && !beginnings.isEmpty()) {
      moments.addAll(beginnings.get(random.nextInt(beginnings.size())));
    } else if (kind < 65) {
      moments.addAll(made(Beginnings.ALL.get(random.nextInt(Beginnings.ALL.size()))));
    }
    int length =
        moments.size()
            + SHORTEST
            + random.nextInt(random.nextInt(4) == 0 ? LONGEST - SHORTEST + 1 : 8);
    Invention invention = new Invention(random, random.nextInt(3) == 0);
    State state =
        moments.isEmpty() ? Opening.state(kernel) : moments.get(moments.size() - 1).state();
    while (moments.size() < Math.min(length, LONGEST)) {
      Optional<Course.Moment> next = next(state, invention);
      if (next.isEmpty()) {
        break;
      }
      moments.add(next.get());
      state = next.get().state();
      if (count(next.get())) {
        beginnings.add(List.copyOf(moments));
      }
    }
    return new Scenario(
        seed + "-" + number + "-" + index, moments.stream().map(Course.Moment::act).toList());
  }

  private List<Course.Moment> made(List<Event> acts) {
    List<Course.Moment> moments = Course.of(kernel, new Scenario("", acts)).moments();
    moments.forEach(this::count);
    return moments;
  }

  /** A scenario of which each part has been played once, whatever is loaded only then. */
  public static Scenario warmUp() {
    List<Event> acts = new ArrayList<>();
    acts.add(Calls.lessPrivileged(Opening.TASK, "U"));
    acts.add(Calls.thread(Opening.TASK, "P"));
    acts.add(Calls.by("U", Calls.getcwd()));
    acts.add(Calls.by("P", Calls.openNamespace("U")));
    acts.add(Calls.by("P", Calls.stat("/")));
    acts.add(Calls.by("P", Calls.newNamespace()));
    return new Scenario("warm-up", acts);
  }

  private Optional<Course.Moment> next(State state, Invention invention) {
    Optional<Course.Moment> best = Optional.empty();
    double highest = -1;
    for (int i = 0; i < CANDIDATES; i++) {
      Optional<Course.Moment> candidate =
          invention.act(state).flatMap(act -> Course.next(state, act)).filter(Generator::isAllowed);
      double score = candidate.map(this::score).orElse(-1.0);
      if (score > highest) {
        highest = score;
        best = candidate;
      }
    }
    return best;
  }

  private static boolean isAllowed(Course.Moment moment) {
    return moment.state().size() <= MOST_MOUNTS;
  }

  private double score(Course.Moment moment) {
    double rarest = 0;
    for (String key : keys(moment)) {
      rarest = Math.max(rarest, 1.0 / (1 + counts.getOrDefault(key, 0)));
    }
    boolean fails = moment.prediction().filter(Prediction.Fails.class::isInstance).isPresent();
    return rarest + (fails ? 0 : 0.25) + random.nextDouble() / 4;
  }

  /** What a moment came by, and what it came by in which situation. */
  private static Set<String> keys(Course.Moment moment) {
    Set<Situation> situations = Situation.of(moment.state());
    Set<String> keys = new HashSet<>();
    situations.forEach(situation -> keys.add(situation.name()));
    for (Clause clause : moment.met()) {
      keys.add(clause.id());
      if (!(moment.act() instanceof Event.Called)) {
        continue;
      }
      situations.forEach(situation -> keys.add(situation + " " + clause.id()));
    }
    return keys;
  }

  private boolean count(Course.Moment moment) {
    boolean isNew = false;
    for (String key : keys(moment)) {
      isNew |= counts.merge(key, 1, Integer::sum) == 1;
    }
    return isNew;
  }
}
