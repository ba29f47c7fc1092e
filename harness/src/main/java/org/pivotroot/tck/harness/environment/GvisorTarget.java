package org.pivotroot.tck.harness.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.KernelPackage;
import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * gVisor: another implementation of Linux's calls, in a process of the host. Its runsc is started
 * as it is, without a daemon, and keeps what it writes in memory.
 */
public final class GvisorTarget implements Target {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String FIRST_OF_SYSTRAP = "20230501";

  /** Parts of it are run by a user who may not look where the cache is. */
  private static final String COPY = Enclosure.ROOM + "/program";

  private final KernelImage runsc;
  private final GuestImage image;
  private final Path bundle;
  private final Reply.Greeting greeting;

  /** The guest that was started to learn whether one can be. */
  private final AtomicReference<Guest> spare = new AtomicReference<>();

  private GvisorTarget(KernelImage runsc, GuestImage image, Path bundle) {
    this.runsc = runsc;
    this.image = image;
    this.bundle = bundle;
    Guest guest = new Guest(HostProcess.start(command()), PATIENCE);
    try {
      this.greeting = guest.awaitGreeting();
    } catch (GuestLostException | AgentFailedException e) {
      guest.close();
      throw new TargetUnavailableException(
          "gVisor " + runsc.version() + " does not come up: " + e.getMessage(), e);
    }
    spare.set(guest);
  }

  /**
   * A target of this release and guest image.
   *
   * @throws TargetUnavailableException if it does not come up here
   */
  static GvisorTarget of(KernelImage runsc, GuestImage image, Cache cache) {
    Enclosure.trouble()
        .ifPresent(
            trouble -> {
              throw new TargetUnavailableException("gVisor cannot be enclosed: " + trouble);
            });
    String config = new Bundle(image.rootDirectory(cache), Agent.commandLine()).config();
    Path bundle = cache.folder("bundles").resolve(Sha256.of(config));
    cache.write(bundle.resolve("config.json"), out -> out.write(config.getBytes(UTF_8)));
    return new GvisorTarget(runsc, image, bundle);
  }

  /** How the sandbox catches system calls; systrap came with the releases of 2023. */
  private String platform() {
    return runsc.series().compareTo(FIRST_OF_SYSTRAP) < 0 ? "ptrace" : "systrap";
  }

  private List<String> command() {
    return Enclosure.around(
        List.of(
            "sh",
            "-c",
            "cp \"$0\" " + COPY + " && chmod 755 " + COPY + " && exec " + COPY + " \"$@\"",
            runsc.path().toString(),
            "--root=" + Enclosure.ROOM + "/runsc",
            "--platform=" + platform(),
            "--network=none",
            "--ignore-cgroups",
            "--overlay2=root:memory",
            "run",
            "--bundle=" + bundle,
            "guest"));
  }

  @Override
  public String name() {
    return description().name();
  }

  @Override
  public ResultDocument.Target description() {
    return new ResultDocument.Target(
        Environment.GVISOR.word(),
        runsc.name(),
        new ResultDocument.Kernel(
            runsc.release(),
            greeting.release() + " " + greeting.version(),
            runsc.series(),
            runsc.origin().map(KernelPackage::name).orElse(null),
            runsc.origin().map(KernelPackage::version).orElse(null),
            runsc.sha256()),
        null,
        "runsc, " + platform(),
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
    Guest first = spare.getAndSet(null);
    if (first != null) {
      return first;
    }
    Guest guest = new Guest(HostProcess.start(command()), PATIENCE);
    guest.awaitGreeting();
    return guest;
  }
}
