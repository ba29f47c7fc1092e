package org.pivotroot.tck.coverage;

import org.pivotroot.tck.images.archive.ArchiveException;
import picocli.CommandLine;

/** The command about coverage. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command; an exception that is meant for the user is shown as its message alone. */
  static CommandLine commandLine() {
    return new CommandLine(new CoverageCommand())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof ArchiveException || exception instanceof CoverageException) {
                command.getErr().println(exception.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw exception;
            });
  }
}
