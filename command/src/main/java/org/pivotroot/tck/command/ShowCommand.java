package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.model.look.Drawing;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.record.Behaviour;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.transcript.Ending;
import org.pivotroot.tck.model.transcript.Strace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is known of a claim. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show what a claim says, and what each kernel did.")
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Parameters(
      paramLabel = "CLAIM",
      completionCandidates = ClaimIds.class,
      description = "Its id, or how it begins.")
  private String id;

  @Option(
      names = "--on",
      paramLabel = "TARGET",
      description = "One target: '7.3' or 'vm 7.3', 'container 6.18'. All behaviours if absent.")
  private String on;

  @Override
  public Integer call() {
    ClaimText claim = Places.claim(id);
    PrintWriter out = spec.commandLine().getOut();
    ObservedRecord all = places.all();
    out.println(claim.id());
    out.println("  " + claim.says());
    out.println("  " + claim.page() + ", " + claim.section() + "; editions: " + claim.editions());
    for (Explanation explanation : claim.explanations()) {
      out.println(
          "  "
              + explanation.verdict().word()
              + (explanation.from() == null ? "" : " from " + explanation.from())
              + (explanation.before() == null ? "" : " before " + explanation.before())
              + ": "
              + explanation.because()
              + (explanation.commit() == null ? "" : " (" + explanation.commit() + ")"));
    }
    if (!all.claims().containsKey(claim.id())) {
      out.println("\nIt was never tried: tck run --claim " + claim.id());
      return Tck.NOT_RUN;
    }
    boolean shown = false;
    for (Behaviour behaviour : all.claims().get(claim.id()).behaviours()) {
      if (on == null
          || behaviour.targets().contains(on)
          || behaviour.targets().contains("vm " + on)) {
        shown = true;
        show(out, all, behaviour);
      }
    }
    if (!shown) {
      throw new SelectionException(
          "nothing is known of "
              + claim.id()
              + " on "
              + on
              + "; the targets on record are listed by: tck list targets");
    }
    return 0;
  }

  private static void show(PrintWriter out, ObservedRecord all, Behaviour behaviour) {
    out.println();
    out.println(
        behaviour.verdict().word()
            + " on "
            + String.join(", ", all.shortened(behaviour.targets())));
    if (behaviour.reason() != null) {
      out.println("  " + behaviour.reason());
    }
    behaviour.facts().forEach((name, value) -> out.println("  " + name + ": " + value));
    out.println();
    Strace.of(behaviour.events()).forEach(line -> out.println("  " + line));
    if (behaviour.before() != null) {
      out.println();
      out.println("  mounts before:");
      Drawing.of(behaviour.before()).lines().forEach(line -> out.println("    " + line));
      if (behaviour.after() != null) {
        out.println("  mounts after:");
        Drawing.of(behaviour.after()).lines().forEach(line -> out.println("    " + line));
      }
      if (!behaviour.end().isEmpty()) {
        out.println("  in the end:");
        Ending.of(null, behaviour.end()).forEach(line -> out.println("    " + line));
      }
    }
  }
}
