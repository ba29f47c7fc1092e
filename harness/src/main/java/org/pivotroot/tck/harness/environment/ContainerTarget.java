package org.pivotroot.tck.harness.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.RootFS;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
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
      return Deadline.of(PATIENCE, "Docker, which `docker version` asks,", () -> bring(image));
    } catch (IllegalStateException e) {
      throw new TargetUnavailableException(
          "no Docker daemon answers ("
              + e.getMessage()
              + "); install it with `apt-get install docker.io` and start it with `systemctl start"
              + " docker`, or name only other targets with -Dtargets=vm",
          e);
    } catch (DockerException e) {
      throw new TargetUnavailableException("Docker cannot be used: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new TargetUnavailableException(
          "cannot load " + image.containerImage() + " into Docker: " + e.getMessage(), e);
    }
  }

  private static ContainerTarget bring(GuestImage image) {
    DockerClient docker = DockerClientFactory.instance().client();
    String engine = docker.versionCmd().exec().getVersion();
    Container.sweep(docker);
    if (!isLoaded(docker, image)) {
      try (InputStream in = Files.newInputStream(image.containerImage())) {
        docker.loadImageCmd(in).exec();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (!isLoaded(docker, image)) {
        throw new TargetUnavailableException(
            "Docker says that it loaded "
                + image.containerImage()
                + ", but what it has as "
                + image.tag()
                + " is something else: see what its log says");
      }
    }
    return new ContainerTarget(docker, image, engine);
  }

  /** A tag can be given to anything, so what stands under it has to be what was made here. */
  private static boolean isLoaded(DockerClient docker, GuestImage image) {
    try {
      RootFS files = docker.inspectImageCmd(image.tag()).exec().getRootFS();
      return files != null && List.of("sha256:" + image.layer()).equals(files.getLayers());
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
    try {
      guest.awaitGreeting();
      // Whom nobody speaks to ends.
      guest.ask(new Request.Greet(), Reply.Greeting.class);
      return guest;
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }
}
