package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.Kind;
import org.pivotroot.tck.images.kernel.PointReleases;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--series",
      description = "Only between which two series, which needs no list of the archive's releases.")
  private boolean seriesOnly;

  /** Two kernels of which the younger behaves otherwise. */
  private record Change(String old, Observation before, String young, Observation after) {}

  @Override
  public Integer call() {
    ClaimText claim = Places.claim(id);
    KernelCatalogue catalogue = KernelCatalogue.ofHost(Kind.BZ_IMAGE, Cache.ofHost());
    List<String> series = catalogue.series();
    String oldest = series.get(0);
    String newest = series.get(series.size() - 1);
    Observation before = observe(claim, oldest);
    Observation after = observe(claim, newest);
    if (sameBehaviour(before, after)) {
      out()
          .println(
              "The oldest and the newest kernel do the same; it may have been otherwise in between:"
                  + " tck show "
                  + claim.id());
      return 0;
    }
    Change change =
        narrowed(
            claim, new Change(oldest, before, newest, after), series.subList(1, series.size() - 1));
    if (!seriesOnly) {
      change = narrowed(claim, change, releases(catalogue, change));
    }
    tell(claim, change);
    return Tck.DIFFERS;
  }

  private Change narrowed(ClaimText claim, Change known, List<String> between) {
    Change change = known;
    List<String> open = between;
    while (!open.isEmpty()) {
      int middle = open.size() / 2;
      String kernel = open.get(middle);
      Optional<Observation> tried = tried(claim, kernel);
      if (tried.isEmpty()) {
        List<String> others = new ArrayList<>(open);
        others.remove(middle);
        open = others;
        continue;
      }
      Observation seen = tried.get();
      if (sameBehaviour(change.before(), seen)) {
        change = new Change(kernel, seen, change.young(), change.after());
        open = open.subList(middle + 1, open.size());
      } else {
        change = new Change(change.old(), change.before(), kernel, seen);
        open = open.subList(0, middle);
      }
    }
    return change;
  }

  private List<String> releases(KernelCatalogue catalogue, Change change) {
    try {
      return PointReleases.between(catalogue, change.old(), change.young());
    } catch (ArchiveException e) {
      out().println("Point releases are not looked at: " + e.getMessage());
      return List.of();
    }
  }

  private void tell(ClaimText claim, Change change) {
    String reason = change.after().reason();
    out()
        .println(
            claim.id()
                + " changed between "
                + change.old()
                + " and "
                + change.young()
                + ": "
                + change.before().verdict().word()
                + " before, then "
                + change.after().verdict().word()
                + (reason == null ? "" : ": " + reason));
    for (Explanation explanation : claim.explanations()) {
      out()
          .println(
              "  "
                  + explanation.because()
                  + (explanation.commit() == null ? "" : " (" + explanation.commit() + ")"));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Observation observe(ClaimText claim, String kernel) {
    return tried(claim, kernel)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    claim.id() + " must be tried on " + kernel + "; see: tck doctor"));
  }

  /** What was seen; empty if nothing that tells, which is said. */
  private Optional<Observation> tried(ClaimText claim, String kernel) {
    Optional<Observation> seen = new Trying(claim.id(), kernel, places).observe(false);
    out().println(kernel + ": " + seen.map(WhenCommand::words).orElse("could not be tried"));
    out().flush();
    return seen.filter(observation -> observation.verdict() != Verdict.INCONCLUSIVE);
  }

  private static String words(Observation seen) {
    return seen.verdict().word()
        + (seen.verdict() == Verdict.INCONCLUSIVE ? ": " + seen.reason() : "");
  }

  private static boolean sameBehaviour(Observation one, Observation other) {
    return one.verdict() == other.verdict()
        && one.facts().equals(other.facts())
        && Objects.equals(one.reason(), other.reason());
  }
}
