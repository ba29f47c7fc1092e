package org.pivotroot.tck.command;

import java.util.List;
import java.util.logging.LogManager;
import org.pivotroot.tck.bench.BenchCommand;
import org.pivotroot.tck.coverage.CoverageCommand;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.images.guest.UserlandCommand;
import org.pivotroot.tck.images.kernel.KernelException;
import org.pivotroot.tck.images.kernel.KernelsCommand;
import org.pivotroot.tck.reports.Main;
import org.pivotroot.tck.reports.store.ReportException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
    name = "tck",
    mixinStandardHelpOptions = true,
    versionProvider = Tck.Release.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Tries what the Linux manual pages claim about pivot_root(2) and its neighbours on real"
            + " kernels.",
    footerHeading =
        "%nFrom what is stored, too: check, comparison, site, manual, formats%n%nQuestions"
            + " and commands:%n",
    footer = {
      "  Does my kernel differ?      tck run --kernel path/to/bzImage",
      "  Since when?                 tck when CLAIM",
      "  Show me.                    tck show CLAIM --on 7.3",
      "  What if?                    tck trace --kernel 7.3",
      "  Why EINVAL?                 tck explain PID pivot_root NEW_ROOT PUT_OLD",
      "  What did nobody think of?   tck explore --kernel 7.3 --for 10m",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is as on record",
      "1:something differs",
      "2:wrong usage",
      "3:something could not be run",
    },
    subcommands = {
      RunCommand.class,
      ShowCommand.class,
      ListCommand.class,
      WhenCommand.class,
      CompareCommand.class,
      BisectCommand.class,
      ExplainCommand.class,
      ExploreCommand.class,
      ReportCommand.class,
      AcceptCommand.class,
      MergeCommand.class,
      FarmCommand.class,
      TraceCommand.class,
      DoctorCommand.class,
      CacheCommand.class,
      CompletionCommand.class,
      KernelsCommand.class,
      UserlandCommand.class,
      CoverageCommand.class,
      BenchCommand.class,
      FaultsCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Tck {
  private static final String LOG = "org.slf4j.simpleLogger.";

  /** Columns of a terminal; wider text is hard to read, and narrower has no room for options. */
  private static final int WIDEST = 100;

  private static final int NARROWEST = 60;
  private static final int USUAL = 80;

  static final int DIFFERS = 1;
  static final int USAGE = 2;
  static final int NOT_RUN = 3;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and what libraries log.")
  private boolean debug;

  private Tck() {}

  /** The release, and the commit that it is of. */
  static final class Release implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String release = Tck.class.getPackage().getImplementationVersion();
      return new String[] {
        "tck " + (release == null ? "in development" : release),
        "commit " + Places.INSTALLATION.commit(),
      };
    }
  }

  /** The command line, to be executed with arguments. */
  static CommandLine commandLine() {
    Tck tck = new Tck();
    return new CommandLine(tck)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(Math.min(Math.max(columns(), NARROWEST), WIDEST))
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> {
              if (tck.debug) {
                exception.printStackTrace(commandLine.getErr());
              }
              commandLine.getErr().println("tck: " + message(exception));
              return status(exception);
            })
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              CommandLine failed = exception.getCommandLine();
              failed.getErr().println("tck: " + exception.getMessage());
              CommandLine.UnmatchedArgumentException.printSuggestions(exception, failed.getErr());
              failed
                  .getErr()
                  .println("Try: " + failed.getCommandSpec().qualifiedName() + " --help");
              return USAGE;
            });
  }

  private static int columns() {
    int columns = Integer.getInteger("tck.columns", 0);
    return columns == 0 ? USUAL : columns;
  }

  /** The first line says what is wrong and where, and what to do. */
  private static String message(Exception exception) {
    return exception.getMessage() == null ? exception.toString() : exception.getMessage();
  }

  private static int status(Exception exception) {
    boolean usage =
        exception instanceof SelectionException
            || exception instanceof KernelException
            || exception instanceof ReportException;
    return usage ? USAGE : NOT_RUN;
  }

  /** What libraries log is of use to who looks for a fault in this program. */
  private static void quieten(boolean debug) {
    String level = System.getenv("TCK_LOG");
    String usual = debug ? "info" : "error";
    System.setProperty(LOG + "defaultLogLevel", level == null ? usual : level);
    if (!debug) {
      System.setProperty(LOG + "log.org.testcontainers", "off");
      LogManager.getLogManager().reset();
    }
  }

  /** Runs one subcommand and ends the process; those about reports have a program of their own. */
  public static void main(String[] arguments) {
    quieten(List.of(arguments).contains("--debug"));
    Installation here = Places.INSTALLATION;
    System.setProperty("tck.results", here.results().toString());
    System.setProperty("tck.observed", here.observed().toString());
    System.setProperty("tck.output", here.output().toString());
    CommandLine tck = commandLine();
    boolean known =
        arguments.length == 0
            || arguments[0].startsWith("-")
            || tck.getSubcommands().containsKey(arguments[0]);
    CommandLine reports = known ? tck : Main.commandLine();
    boolean aboutReports = !known && reports.getSubcommands().containsKey(arguments[0]);
    System.exit((aboutReports ? reports : tck).execute(arguments));
  }
}
