package org.pivotroot.tck.reports.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.ReportException;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;

/** The comparison of any two targets, of whatever environments. */
public final class PairReport {
  private static final int LEVELS = 3;

  private PairReport() {}

  /** The JSON's shape. */
  private record Pair(String before, String after, int tried, List<PairClaim> differences) {}

  private record PairClaim(
      String claim, String page, Verdict before, Verdict after, List<FactChange> facts) {
    private static PairClaim of(Change change) {
      return new PairClaim(
          change.claim().id(),
          change.claim().page(),
          change.before().verdict(),
          change.after().verdict(),
          change.facts());
    }
  }

  /**
   * Writes {@code comparison-A..B} as HTML, Markdown and JSON.
   *
   * @param pair two names of targets or versions with two dots between
   * @return the files
   * @throws ReportException if there are no such targets
   */
  public static List<Path> write(Results results, String pair, Path directory) {
    int dots = pair.indexOf("..");
    if (dots <= 0 || dots + 2 >= pair.length()) {
      throw new ReportException(
          "'" + pair + "' names no two targets; write two with two dots between, such as 6.1..7.0");
    }
    TargetRecord before = target(results, pair.substring(0, dots));
    TargetRecord after = target(results, pair.substring(dots + 2));
    List<Change> changes = new ArrayList<>();
    int tried = 0;
    for (ClaimText claim : results.claims()) {
      Optional<Seen> was = results.at(claim.id(), before);
      Optional<Seen> is = results.at(claim.id(), after);
      if (was.isPresent() && is.isPresent()) {
        tried++;
        Change.between(was.get(), is.get()).ifPresent(changes::add);
      }
    }
    Map<String, Object> model =
        Map.of(
            "before", before,
            "after", after,
            "tried", tried,
            "changes", changes,
            "wording", new Wording(results));
    Pair json =
        new Pair(before.name(), after.name(), tried, changes.stream().map(PairClaim::of).toList());
    String name = "comparison-" + Wording.file(before) + ".." + Wording.file(after);
    Output output = new Output(directory);
    return List.of(
        output.write(name + ".html", Templates.html("pair.html", model)),
        output.write(name + ".md", Templates.markdown("pair.md", model)),
        output.write(name + ".json", Json.text(json, LEVELS)));
  }

  /** By its name, with a blank or a hyphen in it; a version alone means its virtual machine. */
  private static TargetRecord target(Results results, String name) {
    return results
        .target(name.replaceFirst("^([a-z]+)-(?=\\d)", "$1 "))
        .or(() -> results.target("vm " + name))
        .orElseThrow(
            () ->
                new ReportException(
                    "there are no results of '"
                        + name
                        + "'; there are some of "
                        + results.targets().stream()
                            .map(TargetRecord::name)
                            .collect(Collectors.joining(", "))));
  }
}
