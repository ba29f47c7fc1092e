package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.KernelPackage;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kernel in a virtual machine. It is booted once; each guest is restored from the snapshot of
 * that boot, in which PID 1 is the agent and the root is still the initramfs.
 */
public final class VmTarget implements Target {
  private static final Logger LOG = LoggerFactory.getLogger(VmTarget.class);
  private static final int MEGABYTES = 320;

  /**
   * With random addresses, an emulator translates every program anew each time it is started. A
   * timer that ticks as it was told once is not told anew each time the processor falls idle.
   */
  private static final String COMMAND_LINE =
      "console=ttyS0 panic=-1 quiet norandmaps nohz=off highres=off";

  private static final int WARM_UP_ROUNDS = 200;
  private static final Duration BOOT_PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KernelImage kernel;
  private final GuestImage image;
  private final String qemu;
  private final Accelerator accelerator;
  private final SnapshotCache snapshots;
  private volatile TargetUnavailableException unbootable;

  /** A target of this kernel and guest image. */
  VmTarget(
      KernelImage kernel,
      GuestImage image,
      String qemu,
      Accelerator accelerator,
      SnapshotCache snapshots) {
    this.kernel = kernel;
    this.image = image;
    this.qemu = qemu;
    this.accelerator = accelerator;
    this.snapshots = snapshots;
  }

  @Override
  public String name() {
    return description().name();
  }

  @Override
  public ResultDocument.Target description() {
    return new ResultDocument.Target(
        "vm",
        kernel.name(),
        new ResultDocument.Kernel(
            kernel.release(),
            kernel.version(),
            kernel.series(),
            kernel.origin().map(origin -> origin.name()).orElse(null),
            kernel.origin().map(origin -> origin.version()).orElse(null),
            kernel.sha256()),
        accelerator.word(),
        "QEMU " + qemu,
        image.sha256(),
        image.packages());
  }

  @Override
  public boolean hasOwnKernel() {
    return true;
  }

  @Override
  public boolean hasCatalogueKernel() {
    return kernel
        .origin()
        .filter(origin -> !origin.suite().equals(KernelPackage.LOCAL))
        .isPresent();
  }

  @Override
  public Guest start() {
    if (unbootable != null) {
      throw unbootable;
    }
    try {
      return startFromSnapshot();
    } catch (Unbootable e) {
      unbootable = e.message();
      throw unbootable;
    }
  }

  /** Thrown where a machine is booted, so that no other claim waits for the same end. */
  private static final class Unbootable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unbootable(RuntimeException cause) {
      super(cause);
    }

    TargetUnavailableException message() {
      return new TargetUnavailableException(
          "the kernel does not get as far as the agent, which needs an initramfs"
              + " (CONFIG_BLK_DEV_INITRD), tmpfs, proc and the 8250 serial driver with its console: "
              + getCause().getMessage(),
          this);
    }
  }

  private Guest startFromSnapshot() {
    String key = key();
    Snapshot snapshot = snapshots.get(key, this::boot);
    try {
      return restore(snapshot);
    } catch (IOException e) {
      snapshots.discard(key, snapshot);
      try {
        return restore(snapshots.get(key, this::boot));
      } catch (IOException again) {
        throw new TargetUnavailableException(
            "a machine with kernel "
                + kernel.release()
                + " was booted and saved but cannot be restored: "
                + again.getMessage(),
            again);
      }
    }
  }

  private String key() {
    return Sha256.of(
        String.join(
            "\n",
            kernel.sha256(),
            image.sha256(),
            qemu,
            accelerator.option,
            accelerator.cpu,
            COMMAND_LINE,
            String.valueOf(MEGABYTES),
            String.valueOf(WARM_UP_ROUNDS)));
  }

  /** The initramfs that guests are booted with. */
  public Path initramfs() {
    return image.initramfs();
  }

  /**
   * Boots the kernel, by the options that guests are booted by, with another initramfs, and waits
   * until it powers off: the least that anything done with this kernel can take.
   *
   * @throws TargetUnavailableException if it does not power off
   */
  public void bootBare(Path initramfs) {
    List<String> options = options("memory-backend-ram");
    options.addAll(List.of("-initrd", initramfs.toString()));
    try (HostProcess machine = Qemu.start(options, "")) {
      boolean ended = machine.endsWithin(BOOT_PATIENCE.toMillis());
      String console = machine.console();
      if (!ended || console.contains("Kernel panic")) {
        throw new TargetUnavailableException(
            "kernel "
                + kernel.release()
                + (ended ? " did not power off but ended" : " did not power off within two minutes")
                + "; console: "
                + console.strip());
      }
    }
  }

  private String boot(Path ram, Path state) throws IOException {
    LOG.info("booting {}, once; later guests are restored from what is saved now", name());
    Progress.tell(new Progress.Busy(name(), "booting"));
    try (Qmp qmp = new Qmp()) {
      List<String> options = options(file(ram, true));
      options.addAll(List.of("-initrd", image.initramfs().toString()));
      options.addAll(qmp.options());
      HostProcess machine = Qemu.start(options, "");
      try {
        qmp.accept();
        awaitAgent(machine);
        qmp.shareMemory();
        qmp.execute("migrate", Map.of("uri", "exec:cat > '" + state + "'"));
        qmp.awaitMigration();
        return machine.console();
      } catch (IOException e) {
        throw new IOException(e.getMessage() + "; console: " + machine.console().strip(), e);
      } finally {
        machine.close();
      }
    }
  }

  private static void awaitAgent(HostProcess machine) {
    try {
      Guest guest = new Guest(machine, BOOT_PATIENCE);
      guest.awaitGreeting();
      warmUp(guest);
    } catch (GuestLostException | AgentFailedException e) {
      throw new Unbootable(e);
    }
  }

  /** Has the agent compile what every claim uses, once for all guests of the snapshot. */
  private static void warmUp(Guest guest) {
    NativeCall getpid = new NativeCall("getpid", NativeCall.NUMBER, List.of());
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      guest.askInOrder(
          List.of(
              new Request.Start("warm", "", true),
              new Request.Invoke("warm", List.of(getpid)),
              new Request.Survey(List.of("warm"))));
      guest.ask(new Request.Clear(List.of()), Reply.Cleared.class);
    }
  }

  private Guest restore(Snapshot snapshot) throws IOException {
    try (Qmp qmp = new Qmp()) {
      List<String> options = options(file(snapshot.ram(), false));
      options.addAll(List.of("-incoming", "defer"));
      options.addAll(qmp.options());
      HostProcess machine = Qemu.start(options, snapshot.console());
      try {
        qmp.accept();
        qmp.shareMemory();
        qmp.execute("migrate-incoming", Map.of("uri", "exec:cat '" + snapshot.state() + "'"));
        qmp.awaitRunning();
        Guest guest = new Guest(machine, PATIENCE);
        guest.ask(new Request.Greet(), Reply.Greeting.class);
        return guest;
      } catch (IOException e) {
        machine.close();
        throw new IOException(e.getMessage() + "; console: " + machine.console().strip(), e);
      } catch (RuntimeException e) {
        machine.close();
        throw e;
      }
    }
  }

  /** Memory that is a file, written to or copied on write. */
  private static String file(Path ram, boolean shared) {
    return "memory-backend-file,mem-path=" + ram + ",share=" + (shared ? "on" : "off");
  }

  private List<String> options(String memory) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-machine", "pc,memory-backend=ram", "-m", String.valueOf(MEGABYTES)));
    options.addAll(List.of("-object", memory + ",id=ram,size=" + MEGABYTES + "M"));
    options.addAll(List.of("-accel", accelerator.option, "-cpu", accelerator.cpu));
    options.addAll(List.of("-kernel", kernel.path().toString(), "-append", COMMAND_LINE));
    return options;
  }
}
