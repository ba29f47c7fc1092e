package org.pivotroot.tck.reports.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.RootMount;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;
import org.pivotroot.tck.reports.store.Stored;

/**
 * The programs for what is on record of a kernel are run on that kernel, and show what is on
 * record. {@code -Dreproducers=REGEX} selects them by page and section, such as {@code chroot.*} or
 * {@code .*}; else those of the errors of pivot_root(2) are run.
 */
class ReproducerIT {
  private static final String SERIES = "7.3";
  private static final String SELECTED =
      System.getProperty("reproducers", "pivot_root\\(2\\) ERRORS");

  /** Not on the root file system, which a running program keeps busy. */
  private static final String RUN =
      "base64 -d >/dev/program && chmod +x /dev/program && /dev/program";

  @TempDir static Path directory;
  private static Target target;
  private static Guest guest;
  private static Task task;

  @BeforeAll
  static void start() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "cc"))),
        "no C compiler is installed (Debian: apt-get install gcc libc6-dev)");
    Targets targets = Targets.of(List.of(SERIES), List.of(Environment.VM));
    assumeTrue(!targets.available().isEmpty(), () -> targets.unavailable().toString());
    target = targets.available().get(0);
    guest = target.start();
    task = task(guest, Placement.ROOT);
  }

  private static Task task(Guest of, Placement placement) {
    if (placement == Placement.ROOT) {
      RootMount.enter(of);
    }
    return new Stage(of, placement, true, Set.of()).task("S");
  }

  @AfterAll
  static void end() {
    if (guest != null) {
      guest.close();
    }
  }

  private static Named<Observation> named(Observation observation) {
    return Named.of(observation.id(), observation);
  }

  static Stream<Named<Observation>> programs() {
    return observations().map(ReproducerIT::named);
  }

  private static Stream<Observation> observations() {
    Results results =
        new Results(Stored.record(Path.of(System.getProperty("observed", "observed"))), List.of());
    return results.target("vm " + SERIES).stream()
        .flatMap(target -> results.of(target).stream())
        .filter(seen -> (seen.claim().page() + " " + seen.claim().section()).matches(SELECTED))
        .map(Seen::observation);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theProgramShowsWhatIsOnRecord(Observation observation) throws Exception {
    Path source = directory.resolve(observation.id() + ".c");
    Path program = directory.resolve(observation.id());
    Files.writeString(source, Reproducer.of(observation).c());
    Process compiler =
        new ProcessBuilder("cc", "-pthread", "-s", "-o", program.toString(), source.toString())
            .redirectErrorStream(true)
            .start();
    String messages = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(messages).isZero();
    String text = Base64.getEncoder().encodeToString(Files.readAllBytes(program));
    String stage = observation.claim().stage();
    if (stage.equals("namespace")) {
      showsWhatIsOnRecord(task, text, RUN);
    } else {
      try (Guest own = target.start()) {
        Placement placement = Placement.valueOf(stage.toUpperCase(Locale.ROOT));
        showsWhatIsOnRecord(task(own, placement), text, RUN);
      }
    }
  }

  static Stream<Named<Observation>> scripts() {
    return observations()
        .filter(observation -> ShellScript.of(observation).isPresent())
        .map(ReproducerIT::named);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theScriptShowsWhatIsOnRecord(Observation observation) {
    showsWhatIsOnRecord(
        task, ShellScript.of(observation).orElseThrow(), "cat >/run/script && sh /run/script");
  }

  private static void showsWhatIsOnRecord(Task by, String input, String command) {
    Ran ran = by.runWithInput(input, "sh", "-c", command).value();
    assertThat(ran.output()).as(ran.error()).endsWith("As recorded.");
    assertThat(ran.status()).isZero();
  }
}
