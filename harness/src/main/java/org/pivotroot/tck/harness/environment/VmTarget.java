package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.KernelModule;
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
  private final Object booting = new Object();
  private TargetUnavailableException unavailable;

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
    Snapshot snapshot = snapshot();
    try {
      return restore(snapshot);
    } catch (IOException e) {
      snapshots.discard(key(), snapshot);
    }
    snapshot = snapshot();
    try {
      return restore(snapshot);
    } catch (IOException e) {
      throw remembered(
          new TargetUnavailableException(
              "a machine with kernel "
                  + kernel.release()
                  + " was booted and saved but cannot be restored: "
                  + e.getMessage(),
              e));
    }
  }

  /** Whoever comes while the machine is being booted waits for that one attempt. */
  private Snapshot snapshot() {
    synchronized (booting) {
      if (unavailable != null) {
        throw unavailable;
      }
      try {
        return snapshots.get(key(), this::boot);
      } catch (TargetUnavailableException e) {
        throw remembered(e);
      } catch (CacheException e) {
        throw remembered(new TargetUnavailableException(e.getMessage(), e));
      }
    }
  }

  /** What keeps one guest from being had keeps the others: it is found out once. */
  private TargetUnavailableException remembered(TargetUnavailableException e) {
    synchronized (booting) {
      unavailable = e;
    }
    return e;
  }

  /** By it the machine that was saved is found again. */
  String key() {
    return Sha256.of(
        String.join(
            "\n",
            kernel.sha256(),
            kernel.modules().stream().map(KernelModule::sha256).collect(Collectors.joining(",")),
            image.layer(),
            qemu,
            accelerator.option,
            accelerator.cpu,
            COMMAND_LINE,
            String.valueOf(MEGABYTES),
            String.valueOf(WARM_UP_ROUNDS),
            String.valueOf(Confinement.ofHost().otherUser())));
  }

  /** The initramfs that guests are booted with. */
  public Path initramfs() {
    return image.initramfs();
  }

  /**
   * Boots the kernel, by the options that guests are booted by, with another initramfs, and waits
   * until it powers off: the least that anything done with this kernel can take.
   *
   * @return what the console showed
   * @throws TargetUnavailableException if it does not power off
   */
  public String bootBare(Path initramfs) {
    QemuOptions options = new QemuOptions();
    addMachine(options, "memory-backend-ram");
    options.add("-initrd", options.read(initramfs));
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
      return console;
    }
  }

  private String boot(Path ram, Path state) throws IOException {
    verifyKernel();
    LOG.info("booting {}, once; later guests are restored from what is saved now", name());
    Progress.tell(new Progress.Busy(name(), "booting"));
    lay(ram);
    QemuOptions options = new QemuOptions();
    addMachine(options, file(options, ram, true));
    Path withModules = ram.resolveSibling("initramfs");
    if (!Files.isReadable(image.initramfs())) {
      throw new TargetUnavailableException(
          "this host could not boot kernel "
              + kernel.release()
              + ": cannot open "
              + image.initramfs()
              + "; see that it may be read");
    }
    if (kernel.modules().isEmpty()) {
      options.add("-initrd", options.read(image.initramfs()));
    } else {
      ModuleLoading.addTo(image.initramfs(), kernel.modules(), withModules);
      options.add("-initrd", options.read(withModules));
    }
    try (Qmp qmp = new Qmp(Confinement.ofHost(), PATIENCE)) {
      qmp.addTo(options);
      try (HostProcess machine = Qemu.start(options, "")) {
        byte[] devices;
        try {
          qmp.accept(machine);
          awaitAgent(machine);
          devices = qmp.save();
        } catch (IOException | GuestLostException | AgentFailedException e) {
          throw unusable(machine, e);
        }
        Files.write(state, devices);
        return machine.console();
      }
    } finally {
      Files.deleteIfExists(withModules);
    }
  }

  /**
   * Makes the file that will be the machine's memory. It fills while the machine runs, and on a
   * full disk would end it at any moment.
   */
  private static void lay(Path ram) throws IOException {
    long size = MEGABYTES * (1L << 20);
    try (RandomAccessFile file = new RandomAccessFile(ram.toFile(), "rw")) {
      file.setLength(size);
    }
    if (Files.getFileStore(ram).getUsableSpace() < size) {
      throw new FileSystemException(ram.toString(), null, "No space left on device");
    }
    Confinement.ofHost().give(ram);
  }

  private TargetUnavailableException unusable(HostProcess machine, Exception e) {
    Optional<String> fault = machine.hostFault();
    if (fault.isPresent()) {
      return new TargetUnavailableException(
          "this host could not boot kernel " + kernel.release() + ": " + fault.get(), e);
    }
    if (e instanceof IOException) {
      return new TargetUnavailableException(
          "a machine with kernel " + kernel.release() + " could not be saved: " + e.getMessage(),
          e);
    }
    return new KernelUnbootableException(
        "the kernel does not get as far as the agent, which needs an initramfs"
            + " (CONFIG_BLK_DEV_INITRD), tmpfs, proc and the 8250 serial driver with its console: "
            + e.getMessage(),
        e);
  }

  /** Results speak of the kernel that was there when the run began; a build may replace it. */
  private void verifyKernel() throws IOException {
    if (!Sha256.of(kernel.path()).equals(kernel.sha256())) {
      throw new TargetUnavailableException(
          kernel.path()
              + " is not the file any more that this run began with: begin again when nothing"
              + " writes to it, or give a copy of it");
    }
  }

  private void awaitAgent(HostProcess machine) {
    Guest guest = new Guest(machine, BOOT_PATIENCE);
    guest.awaitGreeting();
    ModuleLoading.load(kernel, guest);
    warmUp(guest);
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
    Confinement.ofHost().give(snapshot.ram());
    QemuOptions options = new QemuOptions();
    addMachine(options, file(options, snapshot.ram(), false));
    options.add("-incoming", "defer");
    try (Qmp qmp = new Qmp(Confinement.ofHost(), PATIENCE)) {
      qmp.addTo(options);
      HostProcess machine = Qemu.start(options, snapshot.console());
      try {
        qmp.accept(machine);
        qmp.load(snapshot.state());
        Guest guest = new Guest(machine, PATIENCE);
        guest.ask(new Request.Greet(), Reply.Greeting.class);
        return guest;
      } catch (IOException e) {
        String why = machine.hostFault().orElse(e.getMessage());
        machine.close();
        throw new IOException(why, e);
      } catch (RuntimeException e) {
        machine.close();
        throw e;
      }
    }
  }

  /** Memory that is a file, written to or copied on write. */
  private static String file(QemuOptions options, Path ram, boolean shared) {
    return "memory-backend-file,mem-path="
        + options.change(ram)
        + ",share="
        + (shared ? "on" : "off");
  }

  private void addMachine(QemuOptions options, String memory) {
    options.add("-machine", "pc,memory-backend=ram", "-m", String.valueOf(MEGABYTES));
    options.add("-object", memory + ",id=ram,size=" + MEGABYTES + "M");
    options.add("-accel", accelerator.option, "-cpu", accelerator.cpu);
    options.add("-kernel", options.read(kernel.path()), "-append", COMMAND_LINE);
  }
}
