package org.pivotroot.tck.harness.environment;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of a run.
 *
 * @param available those that can run here
 * @param unavailable those that cannot, and why
 */
public record Targets(List<Target> available, List<Unavailable> unavailable) {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
  private static final long SNAPSHOT_BYTES = 3L << 30;

  /**
   * A target that cannot run here.
   *
   * @param name {@code vm} or {@code container}
   * @param reason what is missing, and how to get it
   */
  public record Unavailable(String name, String reason) {}

  /**
   * Finds out what can run here.
   *
   * @param kernels series and paths of the kernels to boot; empty for the whole catalogue
   * @param vms whether virtual machines are wanted
   * @param containers whether the host's kernel is wanted
   * @throws org.pivotroot.tck.images.kernel.KernelException if a kernel is unknown or is none
   * @throws org.pivotroot.tck.images.archive.ArchiveException if a package cannot be got
   */
  public static Targets of(List<String> kernels, boolean vms, boolean containers) {
    Cache cache = Cache.ofHost();
    List<KernelImage> images = vms ? kernels(kernels, cache) : List.of();
    GuestImage guest =
        GuestImage.build(
            cache, GuestProgram.files(), Agent.commandLine(), GuestProgram.rehearsal());
    List<Target> available = new ArrayList<>();
    List<Unavailable> unavailable = new ArrayList<>();
    if (vms) {
      try {
        available.addAll(machines(images, guest, cache));
      } catch (TargetUnavailableException e) {
        unavailable.add(unavailable("vm", e));
      }
    }
    if (containers) {
      try {
        available.add(ContainerTarget.open(guest));
      } catch (TargetUnavailableException e) {
        unavailable.add(unavailable("container", e));
      }
    }
    return new Targets(List.copyOf(available), List.copyOf(unavailable));
  }

  private static List<KernelImage> kernels(List<String> kernels, Cache cache) {
    KernelCatalogue catalogue = KernelCatalogue.ofHost(cache);
    return (kernels.isEmpty() ? catalogue.series() : kernels)
        .stream().distinct().map(catalogue::resolve).toList();
  }

  private static List<Target> machines(List<KernelImage> kernels, GuestImage guest, Cache cache) {
    String qemu = Qemu.version();
    Accelerator accelerator = Accelerator.ofHost(kernels.get(0), qemu, cache);
    SnapshotCache snapshots = new SnapshotCache(cache, SNAPSHOT_BYTES);
    return kernels.stream()
        .<Target>map(kernel -> new VmTarget(kernel, guest, qemu, accelerator, snapshots))
        .toList();
  }

  private static Unavailable unavailable(String name, TargetUnavailableException e) {
    LOG.warn("no {} target: {}", name, e.getMessage());
    return new Unavailable(name, e.getMessage());
  }
}
