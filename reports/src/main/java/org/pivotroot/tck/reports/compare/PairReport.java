package org.pivotroot.tck.reports.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.store.Claim;
import org.pivotroot.tck.reports.store.ReportException;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The comparison of any two targets, of whatever environments. */
public final class PairReport {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
          .build();

  private PairReport() {}

  /** The JSON's shape. */
  private record Pair(String before, String after, int tried, List<PairClaim> differences) {}

  private record PairClaim(
      String claim, String page, Verdict before, Verdict after, List<FactChange> facts) {}

  /**
   * Writes {@code comparison-A..B} as HTML, Markdown and JSON.
   *
   * @param pair two names of targets or series with two dots between
   * @return the files
   * @throws ReportException if there are no such targets
   */
  public static List<Path> write(Results results, String pair, Path directory) {
    int dots = pair.indexOf("..");
    if (dots <= 0 || dots + 2 >= pair.length()) {
      throw new ReportException(
          "'" + pair + "' names no two targets; write two with two dots between, such as 6.1..7.0");
    }
    ResultDocument before = target(results, pair.substring(0, dots));
    ResultDocument after = target(results, pair.substring(dots + 2));
    List<Change> changes = new ArrayList<>();
    int tried = 0;
    for (Claim claim : results.claims()) {
      Optional<Observation> was = results.at(claim.id(), before);
      Optional<Observation> is = results.at(claim.id(), after);
      if (was.isPresent() && is.isPresent()) {
        tried++;
        Change.between(claim, was.get(), is.get()).ifPresent(changes::add);
      }
    }
    Map<String, Object> model =
        Map.of(
            "before", before,
            "after", after,
            "tried", tried,
            "changes", changes,
            "wording", new Wording(results));
    String name = "comparison-" + before.name() + ".." + after.name();
    Output output = new Output(directory);
    return List.of(
        output.write(name + ".html", Templates.html("pair.html", model)),
        output.write(name + ".md", Templates.markdown("pair.md", model)),
        output.write(name + ".json", json(before, after, tried, changes)));
  }

  private static String json(
      ResultDocument before, ResultDocument after, int tried, List<Change> changes) {
    List<PairClaim> differences =
        changes.stream()
            .map(
                change ->
                    new PairClaim(
                        change.claim().id(),
                        change.claim().page(),
                        change.before().verdict(),
                        change.after().verdict(),
                        change.facts()))
            .toList();
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(new Pair(before.name(), after.name(), tried, differences))
        + "\n";
  }

  private static ResultDocument target(Results results, String name) {
    return results
        .target(name)
        .or(
            () ->
                results.targets().stream()
                    .filter(target -> target.target().environment().equals("vm"))
                    .filter(target -> target.target().kernel().series().equals(name))
                    .reduce((older, newer) -> newer))
        .orElseThrow(
            () ->
                new ReportException(
                    "there are no results of '"
                        + name
                        + "'; there are some of "
                        + results.targets().stream()
                            .map(ResultDocument::name)
                            .collect(Collectors.joining(", "))));
  }
}
