package org.pivotroot.tck.harness.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
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
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A running container. Its agent ends when the connection to its standard input does, which a
 * killed JVM cannot help closing, and Docker then removes the container.
 */
final class Container implements Machine {
  private static final int PIPE = 1 << 20;

  private final GenericContainer<?> container;
  private final PipedInputStream fromAgent = new PipedInputStream(PIPE);
  private final PipedOutputStream toAgent = new PipedOutputStream();
  private final Console console = new Console("");
  private final Output output = new Output();

  private Container(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts a container of a loaded image. */
  static Container start(DockerClient docker, String image, Capability... capabilities) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(name -> false)
            .withNetworkMode("none")
            .withCreateContainerCmdModifier(command -> configure(command, capabilities));
    container.start();
    Container started = new Container(container);
    started.attach(docker);
    return started;
  }

  private static void configure(CreateContainerCmd command, Capability... capabilities) {
    HostConfig host = command.getHostConfig();
    host.withAutoRemove(true)
        .withCapAdd(capabilities)
        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"));
    command.withStdinOpen(true).withStdInOnce(true);
  }

  private void attach(DockerClient docker) {
    try {
      PipedInputStream toContainer = new PipedInputStream(toAgent, PIPE);
      docker
          .attachContainerCmd(container.getContainerId())
          .withStdIn(toContainer)
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

  @Override
  public void close() {
    try {
      container.stop();
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
