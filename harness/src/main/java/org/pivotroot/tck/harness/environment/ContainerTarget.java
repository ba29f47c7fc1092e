package org.pivotroot.tck.harness.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.testcontainers.DockerClientFactory;

/**
 * The host's own kernel, in containers of the host's Docker. A container has every capability that
 * the host can give and no seccomp filter, which is what {@code --privileged} would give where a
 * host has all capabilities to give, and no network.
 */
public final class ContainerTarget implements Target {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DockerClient docker;
  private final GuestImage image;
  private final String engine;
  private final Capability[] capabilities;
  private final Reply.Greeting greeting;

  private ContainerTarget(DockerClient docker, GuestImage image, String engine) {
    this.docker = docker;
    this.image = image;
    this.engine = engine;
    this.capabilities =
        Capabilities.ofHost().stream().map(Capability::valueOf).toArray(Capability[]::new);
    try (Guest guest = start()) {
      this.greeting = guest.ask(new Request.Greet(), Reply.Greeting.class);
    }
  }

  /**
   * Brings the image to the daemon.
   *
   * @throws TargetUnavailableException if there is no Docker daemon, or it cannot run the image
   */
  static ContainerTarget open(GuestImage image) {
    try {
      DockerClient docker = DockerClientFactory.instance().client();
      String engine = docker.versionCmd().exec().getVersion();
      if (!isLoaded(docker, image)) {
        try (InputStream in = Files.newInputStream(image.containerImage())) {
          docker.loadImageCmd(in).exec();
        }
      }
      return new ContainerTarget(docker, image, engine);
    } catch (IllegalStateException e) {
      throw new TargetUnavailableException(
          "no Docker daemon answers ("
              + e.getMessage()
              + "); install it with `apt-get install docker.io` and start it with `systemctl start"
              + " docker`, or name only other targets with -Dtargets=vm",
          e);
    } catch (DockerException e) {
      throw new TargetUnavailableException("Docker cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TargetUnavailableException(
          "cannot load " + image.containerImage() + " into Docker: " + e.getMessage(), e);
    }
  }

  private static boolean isLoaded(DockerClient docker, GuestImage image) {
    try {
      docker.inspectImageCmd(image.tag()).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return description().name();
  }

  @Override
  public ResultDocument.Target description() {
    return new ResultDocument.Target(
        "container",
        ResultDocument.Kernel.seriesOf(greeting.release()),
        new ResultDocument.Kernel(
            greeting.release(),
            greeting.version(),
            ResultDocument.Kernel.seriesOf(greeting.release()),
            null,
            null,
            null),
        null,
        "Docker " + engine,
        image.sha256(),
        image.packages());
  }

  @Override
  public boolean hasOwnKernel() {
    return false;
  }

  @Override
  public boolean hasCatalogueKernel() {
    return false;
  }

  @Override
  public Guest start() {
    Guest guest = new Guest(Container.start(docker, image.tag(), capabilities), PATIENCE);
    // The greeting may have come before anybody was attached to hear it.
    guest.ask(new Request.Greet(), Reply.Greeting.class);
    return guest;
  }
}
