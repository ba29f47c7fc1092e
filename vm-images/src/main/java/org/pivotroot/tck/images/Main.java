package org.pivotroot.tck.images;

import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.guest.GuestImageException;
import org.pivotroot.tck.images.guest.UserlandCommand;
import org.pivotroot.tck.images.kernel.KernelException;
import org.pivotroot.tck.images.kernel.KernelsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about kernels and guest images. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = "Gets what guests are made of.",
    subcommands = {KernelsCommand.class, UserlandCommand.class})
public final class Main {
  private Main() {}

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The commands; an exception that is meant for the user is shown as its message alone. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof ArchiveException
                  || exception instanceof CacheException
                  || exception instanceof GuestImageException
                  || exception instanceof KernelException) {
                command.getErr().println(exception.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw exception;
            });
  }
}
