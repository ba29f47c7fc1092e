package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.testcontainers.DockerClientFactory;

/** Containers have all the capabilities of the host, so none may stay. */
@Timeout(300)
class ContainerFaultIT {
  private static final String OWNER = "org.pivotroot.tck.owner";

  /** An agent gives up after 20 s of silence; the rest is for Docker. */
  private static final Duration BOUND = Duration.ofSeconds(50);

  private static DockerClient docker() {
    HostTargets.container();
    return DockerClientFactory.instance().client();
  }

  private static List<String> containers(String owner) {
    return docker()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(OWNER, owner))
        .exec()
        .stream()
        .map(one -> one.getId() + " " + one.getState())
        .toList();
  }

  private static void await(String what, Duration bound, BooleanSupplier until) {
    Instant end = Instant.now().plus(bound);
    while (!until.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  /** The moment is another each time: before, while and after a container is started. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aKilledRunLeavesNoContainerThatRuns(long seed) throws IOException, InterruptedException {
    DockerClient docker = docker();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dtck.cache=" + System.getProperty("tck.cache", ""),
            ContainerStarter.class.getName());
    Process starter = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("begins ")) {
      line = out.readLine();
    }
    assertThat(line).isNotNull();
    String owner = line.substring("begins ".length());
    await("a first container", BOUND, () -> !containers(owner).isEmpty());
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(new Random(seed).nextInt(2500)));
    starter.destroyForcibly().waitFor();
    await(
        "containers of " + owner + " that run",
        BOUND,
        () -> containers(owner).stream().noneMatch(one -> one.endsWith(" running")));
    Container.sweep(docker);
    await("containers of " + owner, BOUND, () -> containers(owner).isEmpty());
  }

  @Test
  void whatHasALivingOwnerIsNotSwept() {
    try (Guest guest = HostTargets.container().start()) {
      Container.sweep(docker());
      assertThat(guest.ask(new Request.Greet(), Reply.Greeting.class).release()).isNotEmpty();
    }
    await("its end", BOUND, () -> containers(Owner.self().text()).isEmpty());
  }

  @Test
  void aDaemonThatIsSilentIsNamed() {
    assertThatThrownBy(
            () ->
                Deadline.of(
                    Duration.ofSeconds(1),
                    "Docker, which was asked to start a container,",
                    () -> {
                      LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
                      return 1;
                    }))
        .isInstanceOf(TargetUnavailableException.class)
        .hasMessage("Docker, which was asked to start a container, did not answer within 1 s");
  }
}
