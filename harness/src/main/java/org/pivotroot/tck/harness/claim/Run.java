package org.pivotroot.tck.harness.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.pivotroot.tck.harness.environment.ClassFiles;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.RecordStore;

/**
 * One run of the suite: its targets and guests. What was observed is written when JUnit is done,
 * one document for each target, in place of those of the last run.
 */
final class Run {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Run.class);

  /**
   * Where a run takes from what it needs.
   *
   * @param selection what is asked for
   * @param targets finds what can run here
   * @param observed folder of the record
   * @param results folder of the documents
   * @param commit of the suite, for the documents
   */
  record Plan(
      Supplier<Selection> selection,
      Function<Selection, Targets> targets,
      Path observed,
      Path results,
      Supplier<String> commit) {}

  private final Selection selection;
  private final ObservedRecord record;
  private final Path results;
  private final Supplier<String> commit;
  private final List<TargetRun> targets;
  private final List<Targets.Unavailable> unavailable;
  private final GuestPool guests;
  private final AtomicBoolean spoken = new AtomicBoolean();

  private Run(ExtensionContext context, Plan plan) {
    selection = plan.selection().get();
    List<ClaimDescription> claims = claimsBeside(context.getRequiredTestClass());
    selection.check(claims.stream().map(ClaimDescription::id).toList());
    Targets found = plan.targets().apply(selection);
    record = read(plan.observed());
    results = plan.results();
    commit = plan.commit();
    targets = found.available().stream().map(TargetRun::new).toList();
    unavailable = found.unavailable();
    checkPlacements(claims.stream().filter(claim -> includes(claim.id())).toList());
    guests = new GuestPool(selection.freshGuests(), guestsOfTarget(targets.size()));
    AllureRecord.begin(targets);
    tellPlan(claims);
  }

  /** So many that each processor has one to work for, if there are fewer targets. */
  private static int guestsOfTarget(int targets) {
    int atOnce = Runtime.getRuntime().availableProcessors();
    return targets == 0 ? 1 : (atOnce + targets - 1) / targets;
  }

  private void tellPlan(List<ClaimDescription> claims) {
    List<ClaimDescription> asked = claims.stream().filter(claim -> includes(claim.id())).toList();
    Progress.tell(
        new Progress.Planned(
            targets.stream()
                .map(
                    target ->
                        new Progress.Plan(
                            target.name(),
                            asked.stream()
                                .filter(claim -> canTry(target, claim))
                                .map(ClaimDescription::id)
                                .toList()))
                .toList()));
    unavailable.forEach(one -> Progress.tell(new Progress.Unavailable(one.name(), one.reason())));
  }

  private static boolean canTry(TargetRun target, ClaimDescription claim) {
    return claim.placement() == Placement.NAMESPACE || target.target().hasOwnKernel();
  }

  /** A run of nothing must not look like a run in which all is well. */
  private void checkPlacements(List<ClaimDescription> claims) {
    boolean untriable =
        !targets.isEmpty()
            && claims.stream().noneMatch(claim -> targets(claim.placement()).count() > 0);
    if (untriable && unavailable.isEmpty()) {
      throw new SelectionException(
          "none of the claims asked for can be tried in a container: "
              + claims.stream()
                  .map(ClaimDescription::id)
                  .sorted()
                  .limit(3)
                  .collect(Collectors.joining(", "))
              + (claims.size() > 3 ? ", ..." : "")
              + " need the initial mount namespace of a kernel; add vm to -Dtargets");
    }
  }

  /** All claims in the same folder or archive of classes. */
  private static List<ClaimDescription> claimsBeside(Class<?> claims) {
    URI root = ClassFiles.rootOf(claims).toUri();
    return ReflectionSupport.findAllClassesInClasspathRoot(root, type -> true, name -> true)
        .stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Claim.class))
        .flatMap(method -> ClaimDescription.of(method).stream())
        .toList();
  }

  /**
   * The run that a test belongs to.
   *
   * @throws RuntimeException the first time, if what was asked for cannot be run; the message says
   *     why. From then on there is a run without targets.
   */
  static Run of(ExtensionContext context) {
    return begin(
            context,
            new Plan(
                () -> Selection.of(context::getConfigurationParameter),
                Selection::targets,
                path(context, "tck.observed", "reports/observed"),
                path(context, "tck.results", "target/results"),
                () -> context.getConfigurationParameter("tck.commit").orElseGet(Run::checkedOut)))
        .run();
  }

  private static Path path(ExtensionContext context, String parameter, String usual) {
    return Path.of(context.getConfigurationParameter(parameter).orElse(usual));
  }

  /** Begins the run that a test belongs to, unless it has begun. */
  static Attempt begin(ExtensionContext context, Plan plan) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Attempt.class, key -> new Attempt(context, plan), Attempt.class);
  }

  /** The run, or what kept it from being one. */
  static final class Attempt implements AutoCloseable {
    private final Optional<Run> run;
    private final AtomicReference<RuntimeException> trouble = new AtomicReference<>();

    Attempt(ExtensionContext context, Plan plan) {
      Run begun = null;
      try {
        begun = new Run(context, plan);
      } catch (RuntimeException e) {
        trouble.set(e);
      }
      run = Optional.ofNullable(begun);
    }

    Run run() {
      RuntimeException unsaid = trouble.getAndSet(null);
      if (unsaid != null) {
        throw unsaid;
      }
      return run.orElseGet(Run::new);
    }

    @Override
    public void close() {
      run.ifPresent(Run::finish);
    }
  }

  /** A run of nothing. */
  private Run() {
    selection = new Selection(List.of(), List.of(), List.of(), false, false);
    targets = List.of();
    unavailable = List.of();
    guests = new GuestPool(true, 0);
    record = ObservedRecord.empty();
    results = Path.of(".");
    commit = () -> "unknown";
  }

  /** The targets that cannot run here, for the first who asks. */
  Stream<Targets.Unavailable> untried() {
    return spoken.getAndSet(true) ? Stream.empty() : unavailable.stream();
  }

  boolean unavailableIsError() {
    return selection.unavailableIsError() || targets.isEmpty();
  }

  boolean includes(String claim) {
    return selection.includes(claim);
  }

  /** The targets that a claim of this placement can be tried on. */
  Stream<TargetRun> targets(Placement placement) {
    return targets.stream()
        .filter(run -> placement == Placement.NAMESPACE || run.target().hasOwnKernel());
  }

  /** What targets are held to. */
  ObservedRecord record() {
    return record;
  }

  private static ObservedRecord read(Path observed) {
    try {
      return new RecordStore(observed).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  GuestPool guests() {
    return guests;
  }

  private void finish() {
    guests.close();
    ResultDocument.Suite suite =
        new ResultDocument.Suite(commit.get(), !selection.claims().isEmpty());
    try {
      new ResultStore(results)
          .replaceWith(
              targets.stream()
                  .filter(target -> !target.isEmpty())
                  .map(target -> target.document(suite))
                  .toList());
      Durations durations = Durations.read(results);
      targets.forEach(target -> target.tell(durations));
      durations.write(results);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the results to " + results.toAbsolutePath() + ": " + e.getMessage(), e);
    }
  }

  /** The commit of the checkout that the run was started in. */
  private static String checkedOut() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--match=-")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return commit.isBlank() ? "unknown" : commit.strip();
    } catch (IOException e) {
      return "unknown"; // no git on this host
    }
  }
}
