package org.pivotroot.tck.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.Difference;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.Main;
import org.pivotroot.tck.reports.compare.DifferenceText;
import org.pivotroot.tck.reports.store.Stored;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the last run on record. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description = {
      "Show where the last run differs from the record, and put it there.",
      "What it did not try stays, what did not change is not touched. After a run of all claims,"
          + " those that the suite has no longer are dropped."
    })
final class AcceptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--drop",
      paramLabel = "NAME",
      description = "A claim's id or a target's name, such as 'vm 6.16', to be dropped.")
  private List<String> drop = List.of();

  @Option(names = "--force", description = "Also if the record is of a newer suite.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Path observed = places.observed();
    if (!Places.INSTALLATION.isCheckout() && observed.equals(Places.INSTALLATION.observed())) {
      throw new SelectionException(
          "the record came with the program and is not to be changed: name another with"
              + " --observed, or accept in a checkout");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<ResultDocument> run = Stored.run(places.results());
    if (!run.isEmpty()) {
      ObservedRecord record = Stored.record(observed);
      out.print(DifferenceText.of(record, run, Difference.of(record, run)));
      out.flush();
    }
    if (!yes && !run.isEmpty() && !agreed(out)) {
      out.println("Nothing was written.");
      out.flush();
      return Tck.USAGE;
    }
    return accept(observed);
  }

  /** Where nobody can be asked, nobody has agreed. */
  private static boolean agreed(PrintWriter out) throws IOException {
    if (!Boolean.getBoolean("tck.terminal")) {
      out.println("To put this on record: tck accept --yes");
      return false;
    }
    out.print("Put this on record? [y/N] ");
    out.flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().matches("(?i)y(es)?");
  }

  private int accept(Path observed) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("accept", "--results=" + places.results(), "--observed=" + observed));
    drop.forEach(name -> words.add("--drop=" + name));
    if (force) {
      words.add("--force");
    }
    int status =
        Main.commandLine()
            .setOut(spec.commandLine().getOut())
            .setErr(spec.commandLine().getErr())
            .execute(words.toArray(String[]::new));
    if (status == 0) {
      Durations.read(observed).settled(Durations.read(places.results())).write(observed);
    }
    return status;
  }
}
