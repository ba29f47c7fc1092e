package org.pivotroot.tck.reports;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.Difference;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.compare.Acceptance;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.ComparisonReport;
import org.pivotroot.tck.reports.compare.DifferenceText;
import org.pivotroot.tck.reports.compare.PairReport;
import org.pivotroot.tck.reports.formats.Formats;
import org.pivotroot.tck.reports.manual.Observed;
import org.pivotroot.tck.reports.site.Site;
import org.pivotroot.tck.reports.store.History;
import org.pivotroot.tck.reports.store.ReportException;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Stored;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the reports. */
@Command(
    name = "reports",
    description = "Makes reports from stored results alone; nothing is run.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
public final class Main {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Where things are. */
  static final class Places {
    @Option(
        names = "--results",
        paramLabel = "DIR",
        defaultValue = "${sys:tck.results:-reports/target/results}",
        description = "documents of the new run (default: ${DEFAULT-VALUE})")
    private Path results;

    @Option(
        names = "--observed",
        paramLabel = "DIR",
        defaultValue = "${sys:tck.observed:-reports/observed}",
        description = "the record (default: ${DEFAULT-VALUE})")
    private Path observed;

    @Option(
        names = "--output",
        paramLabel = "DIR",
        defaultValue = "${sys:tck.output:-reports/target}",
        description = "where reports are written (default: ${DEFAULT-VALUE})")
    private Path output;

    List<ResultDocument> run() {
      return Stored.run(results);
    }

    ObservedRecord record() {
      return Stored.record(observed);
    }

    /** What is on record, overlaid with the new run. */
    Results known() {
      return new Results(record(), run());
    }

    Results all() {
      Results all = known();
      if (all.targets().isEmpty()) {
        throw new ReportException(
            "there are no result documents in "
                + results
                + " or "
                + observed
                + "; run the claims first: ./tck run");
      }
      return all;
    }
  }

  @Command(description = "Validate all documents and make every report; fail as check does.")
  int report(@Mixin Places places) {
    ObservedRecord record = places.record();
    List<ResultDocument> run = places.run();
    int status = check(record, run);
    Results all = new Results(record, run);
    if (all.targets().isEmpty()) {
      out().println("There are no result documents yet, so there is nothing to report.");
      return status;
    }
    Comparison comparison = new Comparison(all);
    ComparisonReport.write(comparison, places.output);
    Site.write(comparison, places.output.resolve("site"));
    manual(comparison, places.output);
    Formats.write(all, places.output.resolve("formats"));
    out().println("Comparison: " + places.output.resolve("comparison.html"));
    out().println("Site: " + places.output.resolve("site/index.html"));
    return status;
  }

  @Command(description = "Make comparison.md and comparison.html of all targets.")
  int compare(@Mixin Places places) {
    ComparisonReport.write(new Comparison(places.all()), places.output);
    out().println(places.output.resolve("comparison.html"));
    return 0;
  }

  @Command(description = "Make the site, a page for each claim, kernel and manual page.")
  int site(@Mixin Places places) {
    Site.write(new Comparison(places.all()), places.output.resolve("site"));
    out().println(places.output.resolve("site/index.html"));
    return 0;
  }

  @Command(
      description =
          "Make the manual page pivot_root_observed(7), its summary in Markdown, and draft"
              + " corrections for the pages.")
  int manual(@Mixin Places places) {
    manual(new Comparison(places.all()), places.output);
    return 0;
  }

  private void manual(Comparison comparison, Path output) {
    Path directory = output.resolve("manual");
    boolean rendered = Observed.write(comparison, directory);
    out().println("Manual page: man -l " + directory.resolve("pivot_root_observed.7"));
    if (!rendered) {
      out()
          .println(
              "  Its HTML and PDF are not made: mandoc is missing (Debian: apt-get install mandoc).");
    }
  }

  @Command(description = "Make KTAP, JUnit XML, a KCIDB document and CSV.")
  int formats(@Mixin Places places) {
    Formats.write(places.all(), places.output.resolve("formats"));
    out().println(places.output.resolve("formats"));
    return 0;
  }

  @Command(description = "Compare any two targets, as page, Markdown and JSON.")
  int comparison(
      @Mixin Places places,
      @Parameters(
              paramLabel = "A..B",
              description =
                  "two targets, such as vm-6.1..container-6.1.0-1-amd64; a version alone, such as"
                      + " 6.1..7.0, means its virtual machine")
          String pair) {
    PairReport.write(places.all(), pair, places.output).forEach(file -> out().println(file));
    return 0;
  }

  @Command(
      description =
          "Validate all documents and say where the new run differs from the record; exit status 1"
              + " if a verdict, a fact or a step that decided is not what its target is held to.")
  int check(@Mixin Places places) {
    return check(places.record(), places.run());
  }

  private int check(ObservedRecord record, List<ResultDocument> run) {
    List<Difference> differences = Difference.of(record, run);
    out().print(DifferenceText.of(record, run, differences));
    out().flush();
    return differences.stream().anyMatch(difference -> difference.kind().isBehaviour()) ? 1 : 0;
  }

  @Command(
      description = {
        "Put the new run on record: what it did not try stays, what did not change is not touched.",
        "After a run of all claims, those that the suite has no longer are dropped."
      })
  int accept(
      @Mixin Places places,
      @Option(
              names = "--drop",
              paramLabel = "NAME",
              description = "a claim's id or a target's name, such as 'vm 6.16', to be dropped")
          List<String> drop,
      @Option(names = "--force", description = "also if the record is of a newer suite")
          boolean force) {
    ObservedRecord record = places.record();
    List<ResultDocument> run = places.run();
    if (run.isEmpty() && drop == null) {
      throw new ReportException(
          "there is no new run in " + places.results + "; run the claims first: ./tck run");
    }
    Acceptance acceptance = new Acceptance(record, run, drop == null ? List.of() : drop);
    List<String> older = acceptance.older(History.of(Path.of("")));
    if (!older.isEmpty() && !force) {
      throw new ReportException(
          "this run is older than the record:\n  "
              + String.join("\n  ", older)
              + "\nRun the claims again, or say --force.");
    }
    acceptance.reasons().forEach(line -> out().println(line));
    int written = Stored.write(acceptance.accepted(), places.observed).size();
    out().println(written + " files of " + places.observed + " changed");
    List<String> left = acceptance.leftBehind();
    if (!left.isEmpty()) {
      out()
          .println(
              "Not in this run, and on record with another guest image: "
                  + String.join(", ", left)
                  + ". If they are gone: accept --drop NAME");
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The command line, to be executed with arguments. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> {
              if (exception instanceof ReportException) {
                commandLine.getErr().println("reports: " + exception.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              throw exception;
            });
  }

  /**
   * Runs one command and ends the process: status 0 if all is well, 1 if behaviour differs from
   * what is on record, 2 if the user must put something right.
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }
}
