package org.pivotroot.tck.harness.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.Kind;
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
   * @param name the environment, and the version where one of several cannot run
   * @param reason what is missing, and how to get it
   */
  public record Unavailable(String name, String reason) {}

  /**
   * Finds out what can run here.
   *
   * @param kernels what {@link KernelCatalogue#select} takes; empty for all of each catalogue
   * @param environments those that are wanted
   * @throws org.pivotroot.tck.images.kernel.KernelException if a kernel is unknown or is none
   * @throws org.pivotroot.tck.images.archive.ArchiveException if a package cannot be got
   */
  public static Targets of(List<String> kernels, Collection<Environment> environments) {
    Search search = new Search(kernels, environments);
    environments.stream().sorted().forEach(search::in);
    return new Targets(List.copyOf(search.available), List.copyOf(search.unavailable));
  }

  /**
   * Where kernels are tried if nobody says where: what a path leads to decides, and everything else
   * is for virtual machines.
   *
   * @param kernels what {@link KernelCatalogue#select} takes
   * @throws org.pivotroot.tck.images.kernel.KernelException if a kernel is unknown
   */
  public static List<Environment> environmentsOf(List<String> kernels) {
    return kernels.stream().map(Targets::environmentOf).distinct().toList();
  }

  private static Environment environmentOf(String kernel) {
    return Stream.of(Environment.VM, Environment.UML, Environment.GVISOR)
        .filter(
            environment ->
                kind(environment)
                    .map(kind -> KernelCatalogue.ofHost(kind, Cache.ofHost()).knows(kernel))
                    .orElse(false))
        .findFirst()
        .orElse(Environment.VM);
  }

  private static Optional<Kind> kind(Environment environment) {
    return switch (environment) {
      case VM -> Optional.of(Kind.BZ_IMAGE);
      case UML -> Optional.of(Kind.UML);
      case GVISOR -> Optional.of(Kind.GVISOR);
      case CONTAINER -> Optional.empty();
    };
  }

  private static final class Search {
    private final List<String> words;
    private final Cache cache = Cache.ofHost();
    private final List<Target> available = new ArrayList<>();
    private final List<Unavailable> unavailable = new ArrayList<>();
    private final Map<Kind, KernelCatalogue> catalogues = new EnumMap<>(Kind.class);
    private final GuestImage guest;

    Search(List<String> words, Collection<Environment> environments) {
      this.words = words.isEmpty() ? List.of("all") : words;
      cache.removeLeftovers();
      SocketFolder.sweep();
      for (Kind kind : Kind.values()) {
        catalogues.put(kind, KernelCatalogue.ofHost(kind, cache));
      }
      checkWords(environments);
      guest =
          GuestImage.build(
              cache, GuestProgram.files(), Agent.commandLine(), GuestProgram.rehearsal());
    }

    /**
     * What none of the environments knows is a mistake, and told by the first that takes kernels.
     */
    private void checkWords(Collection<Environment> environments) {
      List<KernelCatalogue> wanted =
          environments.stream()
              .sorted()
              .flatMap(environment -> kind(environment).stream())
              .map(catalogues::get)
              .toList();
      for (String word : words) {
        if (!wanted.isEmpty() && wanted.stream().noneMatch(catalogue -> catalogue.knows(word))) {
          wanted.get(0).select(word);
        }
      }
    }

    void in(Environment environment) {
      try {
        switch (environment) {
          case VM -> available.addAll(machines());
          case CONTAINER -> available.add(ContainerTarget.open(guest));
          case UML ->
              images(Kind.UML)
                  .forEach(kernel -> add(environment, () -> UmlTarget.of(kernel, guest, cache)));
          case GVISOR ->
              images(Kind.GVISOR)
                  .forEach(runsc -> add(environment, () -> GvisorTarget.of(runsc, guest, cache)));
        }
      } catch (TargetUnavailableException e) {
        add(environment.word(), e);
      }
    }

    private void add(Environment environment, Supplier<Target> target) {
      try {
        available.add(target.get());
      } catch (TargetUnavailableException e) {
        add(environment.word(), e);
      }
    }

    private void add(String name, TargetUnavailableException e) {
      LOG.warn("no {} target: {}", name, e.getMessage());
      unavailable.add(new Unavailable(name, e.getMessage()));
    }

    private List<KernelImage> images(Kind kind) {
      KernelCatalogue catalogue = catalogues.get(kind);
      List<KernelImage> images =
          words.stream()
              .filter(catalogue::knows)
              .flatMap(word -> catalogue.select(word).stream())
              .distinct()
              .toList();
      if (images.isEmpty()) {
        throw new TargetUnavailableException(
            "there is none of " + words + ", only " + String.join(", ", catalogue.series()));
      }
      return images;
    }

    private List<Target> machines() {
      List<KernelImage> kernels = images(Kind.BZ_IMAGE);
      String qemu = Qemu.version();
      Accelerator accelerator = Accelerator.ofHost(kernels.get(0), qemu, cache);
      SnapshotCache snapshots = new SnapshotCache(cache, SNAPSHOT_BYTES);
      return kernels.stream()
          .<Target>map(kernel -> new VmTarget(kernel, guest, qemu, accelerator, snapshots))
          .toList();
    }
  }
}
