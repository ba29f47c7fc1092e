package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.claim.Nearest;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.explore.Campaign;
import org.pivotroot.tck.harness.explore.Elsewhere;
import org.pivotroot.tck.harness.explore.Find;
import org.pivotroot.tck.harness.explore.FindFolder;
import org.pivotroot.tck.harness.explore.FindText;
import org.pivotroot.tck.harness.explore.Ledger;
import org.pivotroot.tck.harness.explore.ScenarioObservation;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Share;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.reports.reproduce.ClaimSkeleton;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays scenarios that nobody thought of. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Make up scenarios, play them on kernels, and show where one does otherwise than the"
            + " specification says. Goes on where it stopped.")
final class ExploreCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d+)([smh])");

  @Spec private CommandSpec spec;
  @Mixin private Places places;

  /** By cause. */
  private final Map<String, Find> found = new TreeMap<>();

  @Option(
      names = {"-k", "--kernel"},
      paramLabel = "K",
      split = ",",
      description = "As of tck run; 7.3 if absent.")
  private List<String> kernels = List.of("7.3");

  @Option(
      names = {"-t", "--target"},
      paramLabel = "ENV",
      split = ",",
      description = "Where: vm, uml; where the kernels can run if absent.")
  private List<String> targets = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Until each kernel has played so many scenarios of the seed, earlier runs included; 2000"
              + " if neither this nor --for is given.")
  private Long count;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "For so long on each kernel, such as 90s, 10m or 2h.")
  private String time;

  @Option(names = "--seed", paramLabel = "S", description = "Other scenarios; 1 if absent.")
  private long seed = 1;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only part I of N, for several machines; --count is of all parts together.")
  private String shard;

  @Option(
      names = "--exhaustive",
      description = "All sequences of up to three calls of a small alphabet instead.")
  private boolean exhaustive;

  @Option(
      names = "--guests",
      paramLabel = "N",
      description = "Guests of a kernel at once; as many as processors if absent.")
  private int guests = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--finds",
      paramLabel = "DIR",
      description = "What was found, and how far it got (default: reports/target/explore).")
  private Path finds;

  @Override
  public Integer call() {
    long most = count != null ? count : time != null || exhaustive ? Long.MAX_VALUE : 2000;
    Share part = part();
    Duration duration = time == null ? Duration.ofDays(365) : duration(time);
    Targets all =
        Targets.of(
            kernels,
            targets.isEmpty()
                ? Targets.environmentsOf(kernels)
                : targets.stream().map(ExploreCommand::environment).toList());
    all.unavailable()
        .forEach(one -> out().println(one.name() + ": not available: " + one.reason()));
    Path folder = finds == null ? places.results().resolveSibling("explore") : finds;
    boolean deviates = false;
    for (Target target : all.available()) {
      long start = System.nanoTime();
      Campaign campaign =
          new Campaign(
              target,
              exhaustive ? 0 : seed,
              part,
              new FindFolder(folder, ExploreCommand::files),
              new View(start));
      Ledger ledger = campaign.run(Campaign.Limit.of(most, duration, exhaustive), guests);
      summary(target.name(), ledger);
      deviates |= ledger.deviating() > 0;
    }
    if (all.available().size() > 1 && !found.isEmpty()) {
      compare(all.available());
    }
    out().println("What was found is in " + folder);
    return deviates
        ? Tck.DIFFERS
        : all.available().isEmpty() || !all.unavailable().isEmpty() ? Tck.NOT_RUN : 0;
  }

  /** What each target does in the scenarios in which one does otherwise. */
  private void compare(List<Target> all) {
    List<Find> finds = List.copyOf(found.values());
    List<List<String>> lines = all.stream().map(target -> Elsewhere.of(target, finds)).toList();
    for (int i = 0; i < finds.size(); i++) {
      out().println(finds.get(i).cause());
      for (List<String> ofTarget : lines) {
        out().println("  " + ofTarget.get(i));
      }
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Share part() {
    try {
      return shard == null ? Share.WHOLE : Share.parse(shard);
    } catch (IllegalArgumentException e) {
      throw new SelectionException(e.getMessage());
    }
  }

  private static Environment environment(String word) {
    for (Environment environment : Environment.values()) {
      if (environment.word().equals(word)) {
        return environment;
      }
    }
    List<String> words = List.of("vm", "uml");
    throw new SelectionException(
        "no target is called "
            + word
            + "; did you mean "
            + String.join(", ", Nearest.to(word, words, 1))
            + "? There are: "
            + String.join(", ", words));
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new SelectionException(text + " is no time such as 90s, 10m or 2h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private void summary(String target, Ledger ledger) {
    out().println(target + ": " + text(ledger));
    ledger.causes().forEach((cause, times) -> out().println("  " + times + " x " + cause));
    out().flush();
  }

  private static String text(Ledger ledger) {
    long clauses = Specification.clauses().stream().map(Clause::id).distinct().count();
    return ledger.scenarios()
        + " scenarios, "
        + ledger.acts()
        + " acts, "
        + (ledger.deviating() == 0
            ? "all as the specification says"
            : ledger.deviating()
                + " otherwise than the specification says, of "
                + ledger.causes().size()
                + " causes")
        + "; "
        + ledger.met().size()
        + " of its "
        + clauses
        + " clauses met";
  }

  /** How it goes, for people. */
  private final class View implements Campaign.Watcher {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final boolean live = Boolean.getBoolean("tck.terminal");
    private final long start;
    private long told;

    View(long start) {
      this.start = start;
      told = start;
    }

    @Override
    public synchronized void progress(String target, Ledger ledger) {
      long now = System.nanoTime();
      if (now - told > (live ? EVERY_NANOS / 10 : EVERY_NANOS)) {
        told = now;
        out().print(live ? "\r\033[K" : "");
        out().print((now - start) / 1_000_000_000 + " s, " + target + ": " + text(ledger));
        out().print(live ? "" : "\n");
        out().flush();
      }
    }

    @Override
    public synchronized void found(Find find) {
      found.put(find.cause(), find);
      out().print(live ? "\r\033[K" : "");
      out().println(find.target() + " does otherwise: " + find.cause());
      FindText.acts(find).forEach(line -> out().println("    " + line));
      out().println("  the specification says " + find.predicted().strip());
      out().flush();
    }
  }

  /** The opening and the acts; of what was looked at, only what was so in the end. */
  private static List<Event> programEvents(Find find) {
    List<Event> events = new ArrayList<>();
    int acts = -Opening.EVENTS.size();
    for (Event event : find.events().isEmpty() ? asFarAsKnown(find) : find.events()) {
      acts += event instanceof Event.Looked ? 0 : 1;
      if (!(event instanceof Event.Looked) && acts <= find.act() + 1) {
        events.add(event);
      }
    }
    return events;
  }

  /** The guest was lost before it told what came of them. */
  private static List<Event> asFarAsKnown(Find find) {
    return Stream.concat(Opening.EVENTS.stream(), find.scenario().acts().stream()).toList();
  }

  /** The beginnings of a claim, and a program in C where it is known what is to be seen. */
  private static Map<String, String> files(Find find) {
    Observation observation =
        ScenarioObservation.of(
            find.scenario().id(),
            find.cause(),
            find.target() + " does otherwise than the specification says",
            programEvents(find));
    Map<String, String> files = new TreeMap<>();
    files.put("claim.txt", "// " + find.cause() + "\n" + ClaimSkeleton.of(observation));
    if (!find.events().isEmpty()) {
      files.put("reproducer.c", Reproducer.of(observation).c());
    }
    return files;
  }
}
