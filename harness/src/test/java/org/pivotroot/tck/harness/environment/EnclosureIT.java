package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is enclosed ends with whoever started it, with all that it started itself. */
@Timeout(60)
class EnclosureIT {
  /** Two processes, one of which nobody waits for, in a session of its own. */
  private static final String RESTLESS =
      "setsid sleep 4711 & echo begun >&2; touch " + Enclosure.ROOM + "/file; exec sleep 4711";

  @Test
  void whatIsClosedLeavesNoProcess() {
    assumeTrue(Enclosure.trouble().isEmpty(), () -> Enclosure.trouble().orElseThrow());
    HostProcess machine = HostProcess.start(Enclosure.around(List.of("sh", "-c", RESTLESS)));
    await(() -> machine.console().contains("begun") && sleepers() == 2);
    machine.close();
    assertThat(sleepers()).isZero();
    assertThat(Path.of(Enclosure.ROOM, "file")).doesNotExist();
  }

  @Test
  void whatAKilledJvmHadLeavesNoProcess() throws IOException, InterruptedException {
    assumeTrue(Enclosure.trouble().isEmpty(), () -> Enclosure.trouble().orElseThrow());
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      assertThat(sleepers()).isEqualTo(2);
      other.destroyForcibly();
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    await(() -> sleepers() == 0);
  }

  /** A JVM that has an enclosed machine and waits to be killed. */
  static final class Holder {
    private Holder() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
      HostProcess machine = HostProcess.start(Enclosure.around(List.of("sh", "-c", RESTLESS)));
      await(() -> machine.console().contains("begun") && sleepers() == 2);
      System.out.println("ready");
      System.in.read();
    }
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .map(process -> List.of(process.info().arguments().orElse(new String[0])))
        .filter(List.of("4711")::equals)
        .count();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
