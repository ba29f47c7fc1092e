package org.pivotroot.tck.harness.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A running container. Its agent ends when the connection to its standard input does, which a
 * killed JVM cannot help closing, and Docker then removes the container. It is attached to before
 * it is started, and says whose it is, so that a later run can remove what was left all the same.
 */
final class Container implements Machine {
  private static final Logger LOG = LoggerFactory.getLogger(Container.class);
  private static final String OWNER = "org.pivotroot.tck.owner";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PIPE = 1 << 20;

  private final DockerClient docker;
  private final Attached container;
  private final PipedInputStream fromAgent = new PipedInputStream(PIPE);
  private final PipedOutputStream toAgent = new PipedOutputStream();
  private final Console console = new Console("");
  private final Output output = new Output();

  private Container(DockerClient docker, String image, Capability... capabilities) {
    this.docker = docker;
    container = new Attached(image);
    container
        .withImagePullPolicy(name -> false)
        .withNetworkMode("none")
        .withLabel(OWNER, Owner.self().text())
        .withCreateContainerCmdModifier(command -> configure(command, capabilities));
  }

  /**
   * Starts a container of a loaded image.
   *
   * @throws TargetUnavailableException if Docker does not do so in time
   */
  static Container start(DockerClient docker, String image, Capability... capabilities) {
    Container started = new Container(docker, image, capabilities);
    try {
      return Deadline.of(
          PATIENCE,
          "Docker, which was asked to start a container,",
          () -> {
            started.container.start();
            return started;
          });
    } catch (RuntimeException e) {
      started.closeChannel();
      throw e;
    }
  }

  /** Removes the containers of runs that have ended without removing them. */
  static void sweep(DockerClient docker) {
    for (com.github.dockerjava.api.model.Container each :
        docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(OWNER)).exec()) {
      Map<String, String> labels = each.getLabels();
      if (Owner.named(labels.get(OWNER)).filter(Owner::isGone).isPresent()) {
        LOG.info("removing container {}, which a killed run left", each.getId());
        try {
          docker.removeContainerCmd(each.getId()).withForce(true).exec();
        } catch (DockerException e) {
          LOG.debug("somebody else has removed it", e);
        }
      }
    }
  }

  private static void configure(CreateContainerCmd command, Capability... capabilities) {
    HostConfig host = command.getHostConfig();
    host.withAutoRemove(true)
        .withCapAdd(capabilities)
        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"));
    command.withStdinOpen(true).withStdInOnce(true);
  }

  /** What is started with nobody attached has a standard input that never ends. */
  private final class Attached extends GenericContainer<Attached> {
    Attached(String image) {
      super(DockerImageName.parse(image));
    }

    @Override
    protected void containerIsCreated(String id) {
      try {
        docker
            .attachContainerCmd(id)
            .withStdIn(new PipedInputStream(toAgent, PIPE))
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(true)
            .exec(output)
            .awaitStarted();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while attaching to a container", e);
      }
    }
  }

  private final class Output extends ResultCallback.Adapter<Frame> {
    private final PipedOutputStream out = new PipedOutputStream();

    Output() {
      try {
        out.connect(fromAgent);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDOUT) {
        try {
          out.write(frame.getPayload());
          out.flush();
        } catch (IOException e) {
          onError(e);
        }
      } else {
        console.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
      super.close();
    }
  }

  @Override
  public InputStream fromAgent() {
    return fromAgent;
  }

  @Override
  public OutputStream toAgent() {
    return toAgent;
  }

  @Override
  public String console() {
    return console.text();
  }

  /** Where Docker does not answer, the agent still ends with its standard input. */
  @Override
  public void close() {
    try {
      Deadline.of(
          PATIENCE,
          "Docker, which was asked to end a container,",
          () -> {
            container.stop();
            return Optional.empty();
          });
    } catch (TargetUnavailableException e) {
      LOG.warn("{}; see `docker ps`", e.getMessage());
    } finally { // else who waits for the agent would wait for ever
      closeChannel();
    }
  }

  private void closeChannel() {
    try {
      toAgent.close();
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
