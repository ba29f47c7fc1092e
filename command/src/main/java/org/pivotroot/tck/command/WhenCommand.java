package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.Kind;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the version since which a claim comes out otherwise. */
@Command(
    name = "when",
    mixinStandardHelpOptions = true,
    description =
        "Find between which two packaged kernels the behaviour of a claim changed, by bisection:"
            + " only what is needed is run.")
final class WhenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Parameters(paramLabel = "CLAIM", completionCandidates = ClaimIds.class, description = "Its id.")
  private String id;

  @Override
  public Integer call() {
    ClaimText claim = Places.claim(id);
    List<String> kernels = KernelCatalogue.ofHost(Kind.BZ_IMAGE, Cache.ofHost()).series();
    int old = 0;
    int young = kernels.size() - 1;
    Observation before = observe(claim, kernels.get(old));
    Observation after = observe(claim, kernels.get(young));
    if (sameBehaviour(before, after)) {
      out()
          .println(
              "The oldest and the newest kernel do the same; it may have been otherwise in between:"
                  + " tck show "
                  + claim.id());
      return 0;
    }
    while (young - old > 1) {
      int middle = (old + young) / 2;
      Observation seen = observe(claim, kernels.get(middle));
      if (sameBehaviour(before, seen)) {
        old = middle;
      } else {
        young = middle;
        after = seen;
      }
    }
    out()
        .println(
            claim.id()
                + " changed between "
                + kernels.get(old)
                + " and "
                + kernels.get(young)
                + ": "
                + before.verdict().word()
                + " before, then "
                + after.verdict().word()
                + (after.reason() == null ? "" : ": " + after.reason()));
    claim
        .explanations()
        .forEach(
            explanation ->
                out()
                    .println(
                        "  "
                            + explanation.because()
                            + (explanation.commit() == null
                                ? ""
                                : " (" + explanation.commit() + ")")));
    return Tck.DIFFERS;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Observation observe(ClaimText claim, String kernel) {
    Optional<Observation> seen = new Trying(claim.id(), kernel, places).observe(false);
    Observation observation =
        seen.orElseThrow(
            () ->
                new SelectionException(
                    claim.id() + " could not be tried on " + kernel + "; see: tck doctor"));
    out().println(kernel + ": " + observation.verdict().word());
    out().flush();
    return observation;
  }

  private static boolean sameBehaviour(Observation one, Observation other) {
    return one.verdict() == other.verdict()
        && one.facts().equals(other.facts())
        && Objects.equals(one.reason(), other.reason());
  }
}
