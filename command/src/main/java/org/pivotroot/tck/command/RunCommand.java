package org.pivotroot.tck.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pivotroot.tck.harness.claim.Selection;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Shard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries claims on targets. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Try claims on kernels and say what is not as on record.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Option(
      names = {"-k", "--kernel"},
      paramLabel = "K",
      split = ",",
      description =
          "A series (6.1), a release, a range (6.1..7.3), or a path: a bzImage, user-mode Linux, a"
              + " kernel package, a build tree; may be given more than once. All series if absent.")
  private List<String> kernels = List.of();

  @Option(
      names = {"-c", "--claim"},
      paramLabel = "GLOB",
      split = ",",
      completionCandidates = ClaimIds.class,
      description = "Claims by id; * stands for any part of one. All if absent.")
  private List<String> claims = List.of();

  @Option(
      names = {"-p", "--page"},
      paramLabel = "PAGE",
      description = "The claims of one page, such as 'pivot_root(2)'.")
  private String page;

  @Option(
      names = {"-t", "--target"},
      paramLabel = "ENV",
      split = ",",
      description =
          "Where to try them: vm, container, uml, gvisor. If absent, where the kernels that are named"
              + " can run; vm and container if none is.")
  private List<String> targets = List.of();

  @Option(
      names = "--fresh",
      description = "A fresh guest for each claim instead of one after another in a warm one.")
  private boolean fresh;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Only part I of N, shared by how long claims take; each part with a --results of its own,"
              + " put together by: tck merge.")
  private String shard;

  @Option(names = "--json", description = "An event as JSON on each line, for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    places.checkResults();
    Optional<Shard> part = part();
    List<String> claims = part.map(this::mine).orElseGet(this::asked);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("kernels", String.join(",", kernels));
    parameters.put("claims", String.join(",", claims));
    parameters.put(
        "targets", targets.isEmpty() ? Places.targetsOf(kernels) : String.join(",", targets));
    parameters.put("isolation", fresh ? "guest" : "claim");
    parameters.put("tck.results", places.results().toString());
    parameters.put("tck.observed", places.observed().toString());
    parameters.put("tck.commit", Places.INSTALLATION.commit());
    RunView view = view();
    Progress.watch(view::see);
    places.tellAllure();
    AtomicBoolean running = new AtomicBoolean(true);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (running.get()) {
                    view.interrupted();
                  }
                }));
    try {
      Places.SUITE.run(parameters);
    } finally {
      running.set(false);
    }
    if (part.isPresent()) {
      part.get().write(places.results());
    } else {
      Shard.forget(places.results());
    }
    return view.end();
  }

  private RunView view() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      return new JsonView(out);
    }
    Durations durations = Durations.read(places.observed());
    durations.putAll(Durations.read(places.results()));
    boolean terminal = Boolean.getBoolean("tck.terminal");
    TextView view =
        new TextView(out, terminal ? Optional.of(Screen.of(out)) : Optional.empty(), durations);
    org.pivotroot.tck.images.archive.Progress.show(view::prepare);
    return view;
  }

  private Optional<Shard> part() {
    if (shard == null) {
      return Optional.empty();
    }
    Map<String, String> globs = Map.of("claims", String.join(",", asked()));
    Selection selection = Selection.of(name -> Optional.ofNullable(globs.get(name)));
    List<String> all =
        Places.SUITE.claims().stream().map(ClaimText::id).filter(selection::includes).toList();
    try {
      return Optional.of(Shard.parse(shard, !selection.claims().isEmpty(), all));
    } catch (IllegalArgumentException e) {
      throw new SelectionException(e.getMessage());
    }
  }

  private List<String> mine(Shard part) {
    return part.mine(Durations.read(places.observed()));
  }

  private List<String> asked() {
    if (page == null) {
      return claims;
    }
    List<String> asked = new ArrayList<>(claims);
    Places.SUITE.claims().stream()
        .filter(claim -> claim.page().equals(page))
        .map(ClaimText::id)
        .forEach(asked::add);
    if (asked.isEmpty()) {
      throw new SelectionException(
          "no claims are about " + page + "; the pages are listed by: tck list pages");
    }
    return asked;
  }
}
