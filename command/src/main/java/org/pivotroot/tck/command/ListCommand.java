package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.Kind;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.record.ObservedRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List claims, pages, kernels or the targets on record.")
final class ListCommand {
  @Spec private CommandSpec spec;

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The claims: id, page, section, and what each says.")
  int claims(
      @Parameters(paramLabel = "GLOB", arity = "0..1", defaultValue = "*") String glob,
      @Option(names = "--page", paramLabel = "PAGE", description = "Of this page only.")
          String page) {
    String pattern = glob.replace(".", "\\.").replace("*", ".*");
    List<ClaimText> found =
        Places.SUITE.claims().stream()
            .filter(claim -> claim.id().matches(pattern))
            .filter(claim -> page == null || claim.page().equals(page))
            .toList();
    found.forEach(
        claim ->
            out()
                .printf(
                    "%-48s %s, %s%n    %s%n",
                    claim.id(), claim.page(), claim.section(), claim.says()));
    return found.isEmpty() ? Tck.DIFFERS : 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The pages, and how many claims are about each.")
  int pages() {
    Places.SUITE.claims().stream()
        .collect(Collectors.groupingBy(ClaimText::page, TreeMap::new, Collectors.counting()))
        .forEach((page, count) -> out().printf("%-24s %d%n", page, count));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The series of the catalogue, and which are in the cache.")
  int kernels() {
    KernelCatalogue catalogue = KernelCatalogue.ofHost(Kind.BZ_IMAGE, Cache.ofHost());
    catalogue
        .series()
        .forEach(
            series ->
                out()
                    .printf(
                        "%-6s %s%n",
                        series,
                        catalogue
                            .lock()
                            .of(series)
                            .map(
                                kernel ->
                                    kernel.release()
                                        + (catalogue.isCached(kernel) ? ", in the cache" : ""))
                            .orElse("the newest in the archive")));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The targets on record, and what each was.")
  int targets(@Mixin Places places) {
    ObservedRecord record = places.record();
    record
        .targets()
        .forEach(
            target ->
                out()
                    .printf(
                        "%-18s %s, %s%n",
                        target.name(),
                        target.target().kernel().release(),
                        target.target().emulator()));
    return 0;
  }
}
