package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.DockerClientFactory;

/** What a JVM that runs a VM and a container leaves behind, however it ends: nothing. */
@Timeout(300)
class LeftoversIT {
  private static final String MARK = "TCK_LEFTOVERS";
  private static final Duration BOUND = Duration.ofSeconds(40);

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"killed,137", "closed,0", "failed,1"})
  void nothingIsLeft(String end, int status) throws IOException, InterruptedException {
    HostTargets.vm();
    HostTargets.container();
    Set<String> mountsBefore = mounts();
    Process child = child();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.startsWith("ready ")) {
        break;
      }
    }
    assertThat(said).as("what the other JVM said").anyMatch(line -> line.startsWith("ready "));
    String[] ready = said.get(said.size() - 1).split(" ", -1);
    String session = ready[1];
    assertThat(marked()).as("the JVM, and QEMU among what it started").hasSizeGreaterThan(1);
    assertThat(containers(session)).hasSize(1);
    Path inContainer = Path.of("/proc", ready[2]);
    assertThat(inContainer).exists();
    Set<String> mountsOfRun = mounts();
    mountsOfRun.removeAll(mountsBefore);

    if (end.equals("killed")) {
      child.destroyForcibly();
    } else {
      child.getOutputStream().write((end + "\n").getBytes(StandardCharsets.UTF_8));
      child.getOutputStream().close();
    }
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("the other JVM ended").isTrue();
    assertThat(child.exitValue()).isEqualTo(status);

    awaitNothing("processes that it started", this::marked);
    awaitNothing("its containers", () -> containers(session));
    awaitNothing(
        "processes in its container",
        () -> Files.exists(inContainer) ? List.of(inContainer) : List.of());
    awaitNothing(
        "mounts that came while it ran",
        () -> mounts().stream().filter(mountsOfRun::contains).toList());
    assertThat(temporary).isEmptyDirectory();
  }

  private Process child() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Djava.io.tmpdir=" + temporary,
            "-XX:-UsePerfData", // a file of the JVM's own, which the next JVM removes
            GuestHolder.class.getName());
    builder.environment().put(MARK, temporary.toString());
    builder.environment().put("TMPDIR", temporary.toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void awaitNothing(String what, Supplier<List<?>> left) {
    Instant end = Instant.now().plus(BOUND);
    List<?> now = left.get();
    while (!now.isEmpty() && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      now = left.get();
    }
    assertThat(now).as(what).isEmpty();
  }

  /** The processes that have this test's mark in their environment. */
  private List<String> marked() {
    byte[] mark = (MARK + "=" + temporary + "\0").getBytes(StandardCharsets.UTF_8);
    String wanted = new String(mark, StandardCharsets.UTF_8);
    return ProcessHandle.allProcesses()
        .filter(process -> environment(process.pid()).contains(wanted))
        .map(process -> process.pid() + " " + process.info().command().orElse("?"))
        .toList();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended, or is somebody else's
    }
  }

  private static List<String> containers(String session) {
    return DockerClientFactory.instance()
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, session))
        .exec()
        .stream()
        .map(container -> container.getId() + " " + container.getState())
        .toList();
  }

  /** The mounts of this process by ID and point. */
  private static Set<String> mounts() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines.collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
