package org.pivotroot.tck.harness.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** A program that has a VM and a container, says so, and then ends as it is told. */
final class GuestHolder {
  private GuestHolder() {}

  /** Takes no arguments; reads {@code closed} or {@code failed} from its standard input. */
  public static void main(String[] arguments) throws IOException {
    ContainerTarget containers = HostTargets.container();
    Guest vm = HostTargets.start(HostTargets.vm());
    Guest container = HostTargets.start(containers);
    ClaimLike.tryOn(vm);
    ClaimLike.tryOn(container);
    String session = DockerClientFactory.SESSION_ID;
    System.out.println("ready " + session + " " + pid(session));
    String end =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (end.equals("failed")) {
      throw new IllegalStateException("as it was told");
    }
    container.close();
    vm.close();
  }

  /** The process id, on the host, of the first process of the container. */
  private static long pid(String session) {
    var docker = DockerClientFactory.instance().client();
    var only =
        docker
            .listContainersCmd()
            .withLabelFilter(Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, session))
            .exec()
            .get(0);
    return docker.inspectContainerCmd(only.getId()).exec().getState().getPidLong();
  }
}
