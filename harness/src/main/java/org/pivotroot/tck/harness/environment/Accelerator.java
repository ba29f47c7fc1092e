package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.archive.Manifest;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What executes the guest's instructions. */
enum Accelerator {
  /** The host's processor, through /dev/kvm. */
  KVM("kvm", "host"),
  /** QEMU's translator. {@code qemu64} boots faster under it than the richer models. */
  TCG("tcg,tb-size=64", "qemu64");

  private static final Logger LOG = LoggerFactory.getLogger(Accelerator.class);
  private static final Path DEVICE = Path.of("/dev/kvm");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final String WORD = "word";

  /** A kernel boots under a working KVM in less than a second. */
  private static final long TRIAL_MILLIS = 6000;

  final String option;
  final String cpu;

  Accelerator(String option, String cpu) {
    this.option = option;
    this.cpu = cpu;
  }

  /** The word used in result documents. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The faster one that works here. A /dev/kvm that is there but does not work is common in clouds:
   * QEMU aborts, or hangs. So a kernel is booted with it, once for each boot of the host, and the
   * outcome kept in the cache.
   */
  static Accelerator ofHost(KernelImage kernel, String qemu, Cache cache) {
    if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
      return TCG;
    }
    Path home = cache.folder("accelerator");
    try {
      Path known = home.resolve(key(qemu));
      return cache.locked(
          known,
          () -> {
            Optional<Accelerator> before = remembered(known);
            if (before.isPresent()) {
              return before.get();
            }
            Accelerator found = worksWithKvm(kernel) ? KVM : TCG;
            cache.make(
                known,
                List.of(WORD),
                folder ->
                    Files.writeString(folder.resolve(WORD), found.name(), StandardCharsets.UTF_8));
            return found;
          });
    } catch (UncheckedIOException e) {
      throw CacheException.of("cannot keep in " + home + " whether KVM works", e.getCause());
    } catch (IOException e) {
      LOG.warn("cannot tell whether KVM works, so TCG is used: {}", e.getMessage());
      return TCG;
    }
  }

  /** Name of what is remembered of this boot of the host. */
  static String key(String qemu) throws IOException {
    return Sha256.of(Files.readString(BOOT_ID, StandardCharsets.UTF_8).strip() + qemu);
  }

  /** What was found out earlier, unless that is damaged. */
  static Optional<Accelerator> remembered(Path known) throws IOException {
    return Manifest.verified(known).isPresent()
        ? Optional.of(valueOf(Files.readString(known.resolve(WORD), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  /**
   * Boots a kernel without any root file system: where KVM works it gets as far as the panic that
   * says so, and with panic=-1 and -no-reboot QEMU then ends.
   */
  private static boolean worksWithKvm(KernelImage kernel) {
    QemuOptions options = new QemuOptions();
    options.add("-accel", KVM.option, "-cpu", KVM.cpu, "-m", "256");
    options.add("-kernel", options.read(kernel.path()), "-append", "console=ttyS0 panic=-1");
    try (HostProcess machine = Qemu.start(options, "")) {
      boolean ended = machine.endsWithin(TRIAL_MILLIS);
      boolean works = ended && machine.console().contains("Kernel panic - not syncing: VFS");
      if (!works) {
        LOG.info(
            "/dev/kvm is there but {} booted a kernel with it, so QEMU's translator (TCG) is used",
            ended ? "QEMU ended before it had" : "QEMU had not, after six seconds,");
      }
      return works;
    }
  }
}
