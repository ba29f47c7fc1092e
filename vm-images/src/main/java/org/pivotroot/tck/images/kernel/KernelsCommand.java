package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, gets and updates the kernels under test. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    description = "Lists, gets and updates the kernels under test.")
public final class KernelsCommand {
  @Spec private CommandSpec spec;

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Lists what is locked of each series, user-mode Linux and gVisor too, and whether it is in"
            + " the cache; then every release that the archive has, by series and flavour."
      })
  void list(
      @Option(
              names = "--locked",
              description = "Lists only what is locked, which needs no network.")
          boolean lockedOnly) {
    for (Kind kind : Kind.values()) {
      KernelCatalogue catalogue = catalogue(kind);
      for (String series : catalogue.series()) {
        out().println(line(catalogue, kind, series));
      }
    }
    if (!lockedOnly) {
      releases().forEach((series, names) -> out().println(series + ": " + String.join(" ", names)));
    }
    out().flush();
  }

  private static String line(KernelCatalogue catalogue, Kind kind, String series) {
    String name = (kind == Kind.BZ_IMAGE ? "" : kind.word() + " ") + series;
    return catalogue
        .lock()
        .of(series)
        .map(
            kernel ->
                String.format(
                    "%-15s %-28s %s %s (%s)%s",
                    name,
                    kernel.release(),
                    kernel.packageName(),
                    kernel.packageVersion(),
                    kernel.suite(),
                    catalogue.isCached(kernel) ? ", in the cache" : ""))
        .orElseGet(() -> String.format("%-15s not locked: the newest is taken", name));
  }

  /** The names of all releases by series and flavour, oldest first. */
  private static Map<String, List<String>> releases() {
    return catalogue(Kind.BZ_IMAGE).releases().stream()
        .collect(
            Collectors.groupingBy(
                kernel ->
                    kernel.release().replaceFirst("^(\\d+\\.\\d+).*", "$1") + kernel.flavour(),
                LinkedHashMap::new,
                Collectors.mapping(ArchivedKernel::name, Collectors.toList())));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Gets kernel images into the cache; without arguments, all series.")
  void fetch(
      @Parameters(
              arity = "0..*",
              paramLabel = "KERNEL",
              description = "A series, release, range or flavour, or a path, as for -Dkernels.")
          List<String> kernels)
      throws IOException {
    for (String word : kernels == null ? List.of("all") : kernels) {
      List<Kind> kinds =
          Stream.of(Kind.values()).filter(kind -> catalogue(kind).knows(word)).toList();
      for (Kind kind : kinds.isEmpty() ? List.of(Kind.BZ_IMAGE) : kinds) {
        for (KernelImage image : catalogue(kind).select(word)) {
          out()
              .printf(
                  "%-9s %-28s %s (%d bytes)%n",
                  image.name(), image.release(), image.path(), Files.size(image.path()));
          out().flush();
        }
      }
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Gets the newest kernel of every series and rewrites the lock files.")
  void update(
      @Option(
              names = "--lock",
              paramLabel = "FILE",
              defaultValue = "vm-images/" + KernelLock.FILE,
              description =
                  "The lock file of kernels, beside which the others lie (default:"
                      + " ${DEFAULT-VALUE}).")
          Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new KernelException(
          "there is no folder "
              + folder
              + " for the lock file: run this in the project's folder, or name a file with --lock");
    }
    for (Kind kind : Kind.values()) {
      KernelLock newest = catalogue(kind).newestOfAll();
      newest.write(kind == Kind.BZ_IMAGE ? file : folder.resolve(kind.lock));
      newest
          .kernels()
          .forEach(
              kernel ->
                  out()
                      .printf(
                          "%-9s %s %s%n",
                          kernel.series(), kernel.packageName(), kernel.packageVersion()));
      out().flush();
    }
  }

  private static KernelCatalogue catalogue(Kind kind) {
    return KernelCatalogue.ofHost(kind, Cache.ofHost());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
