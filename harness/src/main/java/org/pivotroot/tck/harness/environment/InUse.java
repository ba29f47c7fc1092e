package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.images.Holding;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.guest.NewerLibrary;
import org.pivotroot.tck.images.kernel.KeptKernels;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.Kind;

/** What of a cache this suite uses, with the kernels and the userland that it has locked. */
public final class InUse {
  /** What belongs to no lock of this suite: it is small, or dear to get. */
  private static final Set<String> ALWAYS = Set.of("indices", "pages");

  private final Cache cache;
  private final Set<Path> used = new HashSet<>();

  private InUse(Cache cache) {
    this.cache = cache;
  }

  /** Those of the holdings that a run of everything would use. */
  public static Set<Holding> of(Cache cache, Collection<Holding> holdings) {
    InUse use = new InUse(cache);
    use.find();
    Set<Holding> found = new HashSet<>();
    for (Holding holding : holdings) {
      if (ALWAYS.contains(holding.kind()) || use.used.contains(holding.path())) {
        found.add(holding);
      }
    }
    return found;
  }

  private Path in(String kind, String name) {
    return cache.directory().resolve(kind).resolve(name);
  }

  private void find() {
    used.addAll(GuestImage.packages(cache));
    used.add(in("kernels", "left"));
    for (Kind kind : Kind.values()) {
      for (KernelImage kernel : KeptKernels.of(kind, cache)) {
        used.add(kernel.path().getParent());
        used.add(in("programs", NewerLibrary.key(kernel.sha256())));
      }
    }
    GuestImage.kept(cache, GuestProgram.files(), Agent.commandLine(), GuestProgram.rehearsal())
        .ifPresent(this::find);
  }

  private void find(GuestImage image) {
    Path place = image.initramfs().getParent();
    used.add(place);
    try {
      bundles(place);
      String qemu = Qemu.version();
      Path known = in("accelerator", Accelerator.key(qemu));
      used.add(known);
      Optional<Accelerator> accelerator = Accelerator.remembered(known);
      SnapshotCache snapshots = new SnapshotCache(cache, 0);
      for (KernelImage kernel : KeptKernels.of(Kind.BZ_IMAGE, cache)) {
        VmTarget target =
            new VmTarget(kernel, image, qemu, accelerator.orElse(Accelerator.TCG), snapshots);
        used.add(in("snapshots", target.key()));
      }
    } catch (TargetUnavailableException e) {
      // without QEMU nothing that it saved is of use
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + cache.directory(), e);
    }
  }

  /** A bundle names the folder that it is for. */
  private void bundles(Path guest) throws IOException {
    List<Holding> bundles =
        Holding.of(cache).stream().filter(one -> one.kind().equals("bundles")).toList();
    for (Holding bundle : bundles) {
      Path config = bundle.path().resolve("config.json");
      if (Files.exists(config)
          && Files.readString(config, StandardCharsets.UTF_8).contains(guest.toString())) {
        used.add(bundle.path());
      }
    }
  }
}
