package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      description = "Lists the series, what is locked of each, and whether it is in the cache.")
  void list() {
    KernelCatalogue catalogue = catalogue();
    for (String series : catalogue.series()) {
      out()
          .println(
              catalogue
                  .lock()
                  .of(series)
                  .map(
                      kernel ->
                          String.format(
                              "%-5s %-28s %s %s (%s)%s",
                              series,
                              kernel.release(),
                              kernel.packageName(),
                              kernel.packageVersion(),
                              kernel.suite(),
                              catalogue.isCached(kernel) ? ", in the cache" : ""))
                  .orElseGet(() -> String.format("%-5s not locked: the newest is taken", series)));
    }
    out().flush();
  }

  @Command(description = "Gets kernel images into the cache; without arguments, all series.")
  void fetch(
      @Parameters(
              arity = "0..*",
              paramLabel = "SERIES|PATH",
              description = "A series, or a path to a bzImage or a kernel .deb.")
          List<String> kernels)
      throws IOException {
    KernelCatalogue catalogue = catalogue();
    for (String kernel : kernels == null ? catalogue.series() : kernels) {
      KernelImage image = catalogue.resolve(kernel);
      out()
          .printf(
              "%-5s %-28s %s (%d bytes)%n",
              image.series(), image.release(), image.path(), Files.size(image.path()));
      out().flush();
    }
  }

  @Command(description = "Gets the newest kernel of every series and rewrites the lock file.")
  void update(
      @Option(
              names = "--lock",
              paramLabel = "FILE",
              defaultValue = "vm-images/" + KernelLock.FILE,
              description = "The lock file (default: ${DEFAULT-VALUE}).")
          Path file) {
    KernelLock newest = catalogue().newestOfAll();
    newest.write(file);
    newest
        .kernels()
        .forEach(
            kernel ->
                out()
                    .printf(
                        "%-5s %s %s%n",
                        kernel.series(), kernel.packageName(), kernel.packageVersion()));
    out().flush();
  }

  private static KernelCatalogue catalogue() {
    return KernelCatalogue.ofHost(Cache.ofHost());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
