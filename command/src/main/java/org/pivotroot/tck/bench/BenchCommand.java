package org.pivotroot.tck.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.pivotroot.tck.harness.claim.Selection;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.TargetUnavailableException;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.environment.VmTarget;
import org.pivotroot.tck.harness.explore.Campaign;
import org.pivotroot.tck.harness.explore.FindFolder;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.KernelException;
import org.pivotroot.tck.images.kernel.Kind;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Share;
import org.pivotroot.tck.model.specification.rule.Kernel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long the suite takes, side by side with a bare boot of the same kernel. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how long things take, side by side with a bare boot of the same kernel.",
      "Nothing else should run meanwhile. To be started in the project's folder."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int RESTORES = 20;
  private static final int SCENARIOS = 2100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "how often each part is measured, in turn (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "parts to measure, of ${COMPLETION-CANDIDATES}; all if absent")
  private List<Part> only = List.of();

  @Option(
      names = "--kernel",
      paramLabel = "SERIES|PATH",
      defaultValue = "7.3",
      description = "the kernel of all parts but the matrix (default: ${DEFAULT-VALUE})")
  private String kernel;

  @Option(
      names = "--claims",
      paramLabel = "GLOB",
      defaultValue = "*",
      description = "the claims of all parts but the last (default: all)")
  private String claims;

  @Option(
      names = "--claim",
      paramLabel = "ID",
      defaultValue = "cwd-at-old-root-moves",
      description = "the claim of the last part (default: ${DEFAULT-VALUE})")
  private String claim;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "reports/target/bench.json",
      description = "where the figures are written (default: ${DEFAULT-VALUE})")
  private Path output;

  @Option(
      names = "--jmh",
      description = "measure the wire codec and the result documents with JMH, and nothing else")
  private boolean jmh;

  private final Path cache = Cache.ofHost().directory();

  private BenchCommand() {}

  /** Runs the benchmark and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof ArchiveException
              || exception instanceof BenchException
              || exception instanceof KernelException
              || exception instanceof TargetUnavailableException) {
            command.getErr().println("bench: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw exception;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (jmh) {
      new Runner(new OptionsBuilder().include(getClass().getPackageName()).build()).run();
      return CommandLine.ExitCode.OK;
    }
    PrintWriter out = spec.commandLine().getOut();
    Set<Part> parts = only.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
    Map<Part, List<Sample>> samples = new EnumMap<>(Part.class);
    parts.forEach(part -> samples.put(part, new ArrayList<>()));
    Path scratch = Files.createTempDirectory("tck-bench");
    try (ScratchCache deleted = new ScratchCache(scratch)) {
      Lab lab = new Lab(target(), deleted.directory());
      lab.warmUp(parts);
      for (int run = 1; run <= runs; run++) {
        for (Part part : parts) {
          Sample sample = lab.measure(part);
          samples.get(part).add(sample);
          out.printf("run %d of %d: %-14s %.2f s%n", run, runs, part.word(), sample.judged());
          out.flush();
        }
      }
    }
    int kernels = KernelCatalogue.ofHost(Kind.BZ_IMAGE, new Cache(cache)).series().size();
    int processors = Runtime.getRuntime().availableProcessors();
    Report report = Report.of(samples, kernel, kernels, processors, ScratchCache.bytes(cache));
    report.write(output);
    report.print(out);
    return CommandLine.ExitCode.OK;
  }

  private VmTarget target() {
    Targets targets = Targets.of(List.of(kernel), List.of(Environment.VM));
    if (targets.available().isEmpty()) {
      throw new BenchException(targets.unavailable().get(0).reason());
    }
    return (VmTarget) targets.available().get(0);
  }

  /** What measurements are made with. */
  private final class Lab {
    private final VmTarget target;
    private final Path scratch;
    private final Path bare;
    private final Map<Part, Limit> limits = new EnumMap<>(Part.class);
    private int explorations;

    Lab(VmTarget target, Path scratch) throws IOException {
      this.target = target;
      this.scratch = scratch;
      bare = scratch.resolve("bare.cpio");
      BareInitramfs.write(target.initramfs(), bare);
    }

    /** Fills the caches that the parts expect to be filled, and compiles the project. */
    void warmUp(Set<Part> parts) throws IOException {
      if (parts.contains(Part.MATRIX)) {
        maven(List.of(), claim, cache, suites());
      }
      Set<Part> needing =
          EnumSet.of(Part.RESTORE, Part.LATER, Part.FRESH, Part.ONE, Part.SCENARIOS);
      needing.retainAll(parts);
      if (!needing.isEmpty()) {
        target.start().close();
      }
      Set<Part> compiling =
          EnumSet.of(Part.FIRST, Part.REBOOT, Part.LATER, Part.FRESH, Part.MATRIX, Part.ONE);
      compiling.retainAll(parts);
      if (parts.contains(Part.LIMIT)) {
        List<Observation> observations =
            Programs.ofClaims(
                Path.of("reports", "observed"),
                target.name(),
                new Selection(List.of(), List.of(claims.split(",")), List.of(), false, false));
        limits.put(Part.LIMIT, limit("claims", observations));
      }
      if (parts.contains(Part.SCENARIOS_IN_C)) {
        Kernel release = Kernel.of(target.description().kernel().release());
        List<Observation> observations = Programs.ofScenarios(release, SCENARIOS);
        limits.put(Part.SCENARIOS_IN_C, limit("scenarios", observations));
      }
      if (!compiling.isEmpty() && !parts.contains(Part.MATRIX)) {
        maven(List.of("-Dkernels=" + kernel), claim, cache, suites());
      }
    }

    private Limit limit(String name, List<Observation> observations) throws IOException {
      spec.commandLine().getOut().printf("%d %s as one program in C%n", observations.size(), name);
      return Limit.of(observations, target.initramfs(), scratch.resolve(name));
    }

    Sample measure(Part part) throws IOException {
      List<String> one = List.of("-Dkernels=" + kernel);
      return switch (part) {
        case BARE -> here(() -> seconds(() -> target.bootBare(bare)));
        case RESTORE -> here(this::restore);
        case FIRST -> emptied(List.of("debs", "kernels", "accelerator"), one);
        case REBOOT -> emptied(List.of("debs", "kernels", "accelerator", "guest"), one);
        case LATER -> maven(one, claims, cache, suites());
        case FRESH ->
            maven(List.of("-Dkernels=" + kernel, "-Disolation=guest"), claims, cache, suites());
        case MATRIX -> maven(List.of(), claims, cache, suites());
        case ONE -> maven(one, claim, cache, List.of());
        case SCENARIOS -> here(() -> seconds(this::explore));
        case LIMIT, SCENARIOS_IN_C -> limits.get(part).measure(target);
      };
    }

    /** What `./tck run` adds, for the modules that the claims need. */
    private List<String> suites() {
      return List.of("-pl", "suites", "-am", "-DskipTests", "-DskipITs=false");
    }

    private Sample emptied(List<String> kept, List<String> options) throws IOException {
      try (ScratchCache scratchCache = ScratchCache.of(cache, kept)) {
        return maven(options, claims, scratchCache.directory(), suites());
      }
    }

    private Sample maven(List<String> options, String tried, Path used, List<String> modules)
        throws IOException {
      List<String> all = new ArrayList<>(modules);
      all.addAll(options);
      all.addAll(List.of("-Dtargets=vm", "-Dclaims=" + tried));
      return new MavenRun(all, used, scratch).measure();
    }

    /** From the first scenario on, whatever was explored before. */
    private void explore() {
      Path folder = scratch.resolve("explore-" + explorations++);
      Campaign campaign =
          new Campaign(
              target,
              1,
              Share.WHOLE,
              new FindFolder(folder, find -> Map.of()),
              Campaign.Watcher.NONE);
      campaign.run(
          Campaign.Limit.of(SCENARIOS, Duration.ofHours(1), false),
          Runtime.getRuntime().availableProcessors());
    }

    private double restore() {
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < RESTORES; i++) {
        List<Guest> started = new ArrayList<>();
        seconds.add(seconds(() -> started.add(target.start())));
        started.forEach(Guest::close);
      }
      return Report.median(seconds);
    }

    private static double seconds(Runnable work) {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e9;
    }

    /** A part that runs in this JVM. */
    private static Sample here(DoubleSupplier part) {
      try (Memory memory = new Memory(ProcessHandle.current())) {
        double seconds = part.getAsDouble();
        return new Sample(seconds, OptionalDouble.empty(), memory.peak());
      }
    }
  }
}
