package org.pivotroot.tck.reports.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.explain.Cause;
import org.pivotroot.tck.reports.explain.Causes;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import org.pivotroot.tck.reports.store.Claim;
import org.pivotroot.tck.reports.store.SectionOrder;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the site. */
public final class Site {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private final Comparison comparison;
  private final Wording wording;
  private final Map<String, Map<String, List<Row>>> matrix;
  private final Output output;

  private Site(Comparison comparison, Path directory) {
    this.comparison = comparison;
    this.wording = new Wording(comparison.results());
    this.matrix = comparison.matrix();
    this.output = new Output(directory);
  }

  /** Writes the whole site into a directory; its first page is {@code index.html}. */
  public static void write(Comparison comparison, Path directory) {
    new Site(comparison, directory).write();
  }

  private void write() {
    List.of("claims", "pages", "targets").forEach(output::clear);
    output.write("style.css", resource("style.css"));
    output.write("site.js", resource("site.js"));
    output.write("results.js", data());
    page("index.html", "index", Map.of("sections", sections(), "count", rows().size()));
    page("compare.html", "compare", Map.of());
    page("explain.html", "explain", Map.of("causes", causes()));
    matrix.forEach(
        (name, sections) ->
            page(
                "pages/" + slug(name) + ".html",
                "page",
                Map.of("page", name, "sections", sections)));
    rows().forEach(this::claim);
    for (int i = 0; i < comparison.results().targets().size(); i++) {
      target(comparison.results().targets().get(i), i);
    }
  }

  private List<Row> rows() {
    return matrix.values().stream()
        .flatMap(sections -> sections.values().stream())
        .flatMap(List::stream)
        .toList();
  }

  private List<String> sections() {
    return matrix.values().stream()
        .flatMap(sections -> sections.keySet().stream())
        .distinct()
        .sorted(new SectionOrder())
        .toList();
  }

  /** The causes, each with those of its claims that were tried. */
  private List<ProvedCause> causes() {
    List<Claim> claims = comparison.results().claims();
    return Causes.all().stream()
        .map(
            cause ->
                new ProvedCause(
                    cause,
                    claims.stream().filter(claim -> cause.claims().contains(claim.id())).toList()))
        .toList();
  }

  private record ProvedCause(Cause cause, List<Claim> claims) {}

  private void claim(Row row) {
    ClaimPage claim = ClaimPage.of(row);
    String name = "claims/" + row.claim().id();
    Reproducer reproducer = claim.reproducer();
    output.write(name + ".sh", reproducer.shell());
    output.write(name + ".c", reproducer.c());
    page(name + ".html", "claim", Map.of("view", claim, "reproducer", reproducer));
  }

  private void target(ResultDocument target, int column) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    target
        .observations()
        .forEach(observation -> counts.merge(observation.verdict(), 1, Integer::sum));
    page(
        "targets/" + target.name() + ".html",
        "target",
        Map.of("document", target, "column", column, "counts", counts));
  }

  private void page(String name, String template, Map<String, Object> more) {
    Map<String, Object> model = new HashMap<>(more);
    model.put("root", name.contains("/") ? "../" : "");
    model.put("targets", comparison.results().targets());
    model.put("steps", comparison.steps());
    model.put("matrix", matrix);
    model.put("wording", wording);
    model.put("site", this);
    output.write(name, Templates.html("site/" + template, model));
  }

  /** File name of a manual page's page, such as {@code pivot_root.2}. */
  public static String slug(String page) {
    return page.replaceFirst("\\((\\w+)\\)$", ".$1").replaceAll("[^A-Za-z0-9._-]", "-");
  }

  /** One letter for the verdict: the overview holds thousands. */
  public static String letter(Verdict verdict) {
    return verdict.word().substring(0, 1);
  }

  /** What changed, in words. */
  public static String change(Verdict before, Verdict after) {
    return switch (after) {
      case UPHELD -> before == Verdict.NOT_APPLICABLE ? "there now, and true" : "true now";
      case CONTRADICTED ->
          before == Verdict.NOT_APPLICABLE ? "there now, and not true" : "no longer true";
      case NOT_APPLICABLE -> "no longer applies";
      case INCONCLUSIVE -> "could not be tried";
    };
  }

  /** The results as the comparison page reads them. */
  private String data() {
    Data data =
        new Data(
            comparison.results().targets().stream()
                .map(target -> new DataTarget(target.name(), wording.target(target)))
                .toList(),
            rows().stream().map(DataClaim::of).toList());
    return "const RESULTS = " + JSON.writeValueAsString(data) + ";\n";
  }

  private record Data(List<DataTarget> targets, List<DataClaim> claims) {}

  private record DataTarget(String name, String label) {}

  /** Where it was tried, {@code at} gives the index in {@code shown}, else -1. */
  private record DataClaim(
      String id,
      String page,
      String section,
      String says,
      List<Integer> at,
      List<DataShown> shown) {
    private static DataClaim of(Row row) {
      return new DataClaim(
          row.claim().id(),
          row.claim().page(),
          row.claim().section(),
          row.claim().says(),
          row.cells().stream().map(Comparison.Cell::shown).toList(),
          row.shown().stream().map(shown -> DataShown.of(shown.observation())).toList());
    }
  }

  private record DataShown(Verdict verdict, SortedMap<String, String> facts, String because) {
    private static DataShown of(Observation observation) {
      return new DataShown(observation.verdict(), observation.facts(), observation.because());
    }
  }

  private static String resource(String name) {
    try (InputStream in = Site.class.getResourceAsStream("/site/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
