package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.ComparisonReport;
import org.pivotroot.tck.reports.compare.PairReport;
import org.pivotroot.tck.reports.store.Results;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells in what two targets differ. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tell in what two targets differ, as text for a cover letter. What is not known of one is"
            + " tried first. Without targets, make the comparison of all that is known.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:they do the same",
      "1:something differs",
      "2:wrong usage",
      "3:something could not be run",
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..2",
      description =
          "Two of: a target on record (7.2, 'uml 6.12', container-6.18), what tck run takes as a"
              + " kernel, an image.")
  private List<String> names = List.of();

  @Option(
      names = {"-c", "--claim"},
      paramLabel = "GLOB",
      split = ",",
      completionCandidates = ClaimIds.class,
      description = "What is tried where it is not known: these claims only. All if absent.")
  private List<String> claims = List.of();

  @ArgGroup private Format format = new Format();

  private static final class Format {
    @Option(names = "--html", description = "As a page, with the calls side by side.")
    private boolean html;

    @Option(names = "--json", description = "For programs.")
    private boolean json;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (names.isEmpty()) {
      ComparisonReport.write(
          new Comparison(new Results(places.record(), places.run())), Places.INSTALLATION.output());
      out.println(Places.INSTALLATION.output().resolve("comparison.html"));
      return 0;
    }
    if (names.size() == 1) {
      throw new SelectionException(
          "two targets make a comparison: tck compare 7.2 " + names.get(0));
    }
    Sides sides = new Sides(places, claims, spec.commandLine().getErr());
    PairReport report = new PairReport(sides.of(names.get(0)), sides.of(names.get(1)));
    out.print(format.html ? report.html() : format.json ? report.json() : report.text());
    out.flush();
    return report.differs() ? Tck.DIFFERS : 0;
  }
}
