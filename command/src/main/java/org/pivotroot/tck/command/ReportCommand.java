package org.pivotroot.tck.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pivotroot.tck.reports.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes all reports. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Make every report of what is known, and say where the last run differs from it.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Option(names = "--open", description = "Show the site in a browser.")
  private boolean open;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Where they are written (default: reports/target of a checkout, else"
              + " ~/.local/state/pivot-root-tck).")
  private Path output = Places.INSTALLATION.output();

  @Override
  public Integer call() throws IOException {
    int status =
        Main.commandLine()
            .setOut(spec.commandLine().getOut())
            .setErr(spec.commandLine().getErr())
            .execute(
                "report",
                "--results=" + places.results(),
                "--observed=" + places.observed(),
                "--output=" + output);
    if (open && status != Tck.USAGE) {
      show(output.resolve("site/index.html"));
    }
    return status;
  }

  private static void show(Path page) throws IOException {
    try {
      new ProcessBuilder("xdg-open", page.toAbsolutePath().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IOException(
          "xdg-open is missing, so open it by hand: file://" + page.toAbsolutePath(), e);
    }
  }
}
