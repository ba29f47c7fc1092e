package org.pivotroot.tck.reports.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
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
import org.pivotroot.tck.reports.store.ResultStore;

/**
 * The programs for what is on record of a kernel are run on that kernel, and show what is on
 * record: those for claims whose every call a program can make. {@code -Dreproducers=REGEX} selects
 * them by page and section, such as {@code chroot.*} or {@code .*}; else those of the errors of
 * pivot_root(2) are run.
 */
class ReproducerIT {
  private static final String SERIES = "7.3";
  private static final String SELECTED =
      System.getProperty("reproducers", "pivot_root\\(2\\) ERRORS");

  @TempDir static Path directory;
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
    Target target = targets.available().get(0);
    guest = target.start();
    RootMount.enter(guest);
    task = new Stage(guest, Placement.ROOT, true).task("S");
  }

  @AfterAll
  static void end() {
    if (guest != null) {
      guest.close();
    }
  }

  private static Named<Observation> named(Observation observation) {
    return Named.of(observation.claim(), observation);
  }

  static Stream<Named<Observation>> programs() throws IOException {
    return observations().map(ReproducerIT::named);
  }

  private static Stream<Observation> observations() throws IOException {
    return new ResultStore(Path.of("observed"))
        .read().targets().stream()
            .filter(document -> document.target().kernel().series().equals(SERIES))
            .filter(document -> document.target().environment().equals("vm"))
            .flatMap(document -> document.observations().stream())
            .filter(
                observation -> (observation.page() + " " + observation.section()).matches(SELECTED))
            .filter(observation -> observation.stage().equals("namespace"))
            .filter(observation -> !Reproducer.of(observation).c().contains("\tcannot("));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theProgramShowsWhatIsOnRecord(Observation observation) throws Exception {
    Path source = directory.resolve(observation.claim() + ".c");
    Path program = directory.resolve(observation.claim());
    Files.writeString(source, Reproducer.of(observation).c());
    Process compiler =
        new ProcessBuilder("cc", "-pthread", "-s", "-o", program.toString(), source.toString())
            .redirectErrorStream(true)
            .start();
    String messages = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(messages).isZero();
    String text = Base64.getEncoder().encodeToString(Files.readAllBytes(program));
    Ran ran =
        task.runWithInput(
                text,
                "sh",
                "-c",
                "base64 -d >/run/program && chmod +x /run/program && /run/program")
            .value();
    assertThat(ran.output()).endsWith("As recorded.");
    assertThat(ran.status()).isZero();
  }

  static Stream<Named<Observation>> scripts() throws IOException {
    return observations()
        .filter(observation -> Reproducer.of(observation).shell().contains("exec unshare"))
        .map(ReproducerIT::named);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theScriptShowsWhatIsOnRecord(Observation observation) {
    Ran ran =
        task.runWithInput(
                Reproducer.of(observation).shell(),
                "sh",
                "-c",
                "cat >/run/script && sh /run/script")
            .value();
    assertThat(ran.output()).endsWith("As recorded.");
    assertThat(ran.status()).isZero();
  }
}
