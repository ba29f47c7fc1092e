package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A step of git bisect run. */
@Command(
    name = "bisect",
    mixinStandardHelpOptions = true,
    description =
        "For git bisect run: is a claim upheld by a kernel that was just built? A second try in a"
            + " fresh guest comes before a kernel is called bad.",
    exitCodeListHeading = "%nExit status, as git expects it:%n",
    exitCodeList = {
      "0:good: the claim is upheld",
      "1:bad: it is not",
      "125:skip: the kernel is not built, does not boot, or this host cannot try it",
    })
final class BisectCommand implements Callable<Integer> {
  private static final int SKIP = 125;

  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Parameters(paramLabel = "CLAIM", completionCandidates = ClaimIds.class, description = "Its id.")
  private String id;

  @Parameters(paramLabel = "IMAGE", description = "The bzImage.")
  private String image;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ClaimText claim = Places.claim(id);
    try {
      Trying trying = new Trying(claim.id(), image, places);
      Optional<Observation> seen = trying.observe(false);
      if (seen.isPresent() && seen.get().verdict() == Verdict.CONTRADICTED) {
        seen = trying.observe(true);
      }
      return said(out, seen);
    } catch (RuntimeException e) {
      out.println("skip: " + e.getMessage());
      return SKIP;
    }
  }

  private int said(PrintWriter out, Optional<Observation> seen) {
    if (seen.isEmpty()) {
      out.println("skip: " + id + " could not be tried on " + image);
      return SKIP;
    }
    Observation observation = seen.get();
    String reason = observation.reason() == null ? "" : ": " + observation.reason();
    return switch (observation.verdict()) {
      case UPHELD -> {
        out.println("good: " + id + " is upheld");
        yield 0;
      }
      case CONTRADICTED -> {
        out.println("bad: " + id + " is contradicted" + reason);
        yield 1;
      }
      default -> {
        out.println("skip: " + id + " is " + observation.verdict().word() + reason);
        yield SKIP;
      }
    };
  }
}
