package org.pivotroot.tck.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what was broken on purpose, and what came of it. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    hidden = true,
    description =
        "Print the table of faults in docs/trust.md with what the last build saw of them; to see"
            + " them anew: ./tck test -pl harness -am")
final class FaultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path checkout = Places.INSTALLATION.folder();
    if (!Places.INSTALLATION.isCheckout()) {
      throw new SelectionException("faults are told from a checkout, where their tests are");
    }
    FaultTable table = FaultTable.of(Files.readString(checkout.resolve("docs/trust.md")));
    Map<FaultTable.Test, FaultTable.Outcome> outcomes = FaultTable.outcomes(checkout);
    spec.commandLine().getOut().println(table.text(outcomes).strip());
    FaultTable.Outcome worst =
        table.rows().stream()
            .map(row -> FaultTable.of(row, outcomes))
            .max(FaultTable.Outcome::compareTo)
            .orElse(FaultTable.Outcome.NOT_RUN);
    return switch (worst) {
      case HELD -> 0;
      case BROKEN -> Tck.DIFFERS;
      case NOT_RUN -> Tck.NOT_RUN;
    };
  }
}
