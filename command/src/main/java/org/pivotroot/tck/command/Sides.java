package org.pivotroot.tck.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.compare.PairReport;
import org.pivotroot.tck.reports.store.Results;

/** Finds what is known of the sides of a comparison, and tries what is not. */
final class Sides {
  private static final Pattern ELSEWHERE = Pattern.compile("(uml|gvisor|vm)[ -](.+)");

  private final Places places;
  private final List<String> claims;
  private final PrintWriter progress;

  Sides(Places places, List<String> claims, PrintWriter progress) {
    this.places = places;
    this.claims = claims;
    this.progress = progress;
  }

  /** What is known of what a word names; of an image, what was tried with that very file. */
  PairReport.Side of(String word) {
    Path file = Path.of(word);
    if (!Files.isRegularFile(file)) {
      Optional<PairReport.Side> known =
          PairReport.Side.find(new Results(places.record(), places.run()), word);
      return known.orElseGet(() -> tried(word, Sha256.of(word)));
    }
    String sha256 = sha256(file);
    Path kept = kept(sha256);
    return places.run().stream()
        .filter(document -> sha256.equals(document.target().kernel().sha256()))
        .filter(document -> !document.suite().partial())
        .findFirst()
        .map(Sides::side)
        .orElseGet(() -> only(kept).orElseGet(() -> tried(word, sha256)));
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Path kept(String key) {
    String name = Sha256.of(key + String.join(",", claims) + Places.INSTALLATION.commit());
    return places.results().resolveSibling("compared").resolve(name.substring(0, 16));
  }

  private PairReport.Side tried(String word, String key) {
    Path results = kept(key);
    Matcher elsewhere = ELSEWHERE.matcher(word);
    boolean named = elsewhere.matches();
    TextView view = new TextView(progress, Optional.empty(), Durations.none());
    Progress.watch(view::see);
    places.tellAllure();
    Places.SUITE.run(
        Map.of(
            "kernels", named ? elsewhere.group(2) : word,
            "targets", named ? elsewhere.group(1) : Places.targetsOf(List.of(word)),
            "claims", String.join(",", claims),
            "tck.results", results.toString(),
            "tck.observed", places.observed().toString(),
            "tck.commit", Places.INSTALLATION.commit()));
    return only(results)
        .orElseThrow(
            () ->
                new SelectionException(
                    word + " could not be tried, or names more than one target; see: tck doctor"));
  }

  private static Optional<PairReport.Side> only(Path results) {
    try {
      List<ResultDocument> documents = new ResultStore(results).read();
      return documents.size() == 1 ? Optional.of(side(documents.get(0))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static PairReport.Side side(ResultDocument document) {
    Results alone = new Results(ObservedRecord.empty(), List.of(document));
    return new PairReport.Side(alone, alone.targets().get(0));
  }
}
