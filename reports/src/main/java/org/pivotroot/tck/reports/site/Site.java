package org.pivotroot.tck.reports.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Change;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.compare.FactChange;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.explain.ClaimsOfRules;
import org.pivotroot.tck.reports.explain.ExactRules;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import org.pivotroot.tck.reports.store.ClaimOrder;
import org.pivotroot.tck.reports.store.Seen;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;

/** Writes the site. */
public final class Site {
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
    page(
        "rules.html",
        "rules",
        Map.of("rules", ExactRules.of(new ClaimsOfRules(comparison::results))));
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
        .sorted(ClaimOrder.BY_SECTION)
        .toList();
  }

  private void claim(Row row) {
    ClaimPage claim = ClaimPage.of(row);
    String name = "claims/" + row.claim().id();
    Reproducer reproducer = claim.reproducer();
    output.write(name + ".sh", reproducer.shell());
    output.write(name + ".c", reproducer.c());
    page(name + ".html", "claim", Map.of("view", claim, "reproducer", reproducer));
  }

  private void target(TargetRecord target, int column) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    comparison.results().of(target).forEach(seen -> counts.merge(seen.verdict(), 1, Integer::sum));
    page(
        "targets/" + Wording.file(target) + ".html",
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

  /** Name of a section within a page. */
  public static String anchor(String title) {
    return title.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
  }

  /** The tables of the documentation whose cells are among these claims. */
  public static List<Grid> grids(List<Row> rows) {
    return Grid.of(rows);
  }

  /** As many as a row is indented. */
  public static List<Integer> steps(int depth) {
    return Collections.nCopies(depth, depth);
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
            comparison.results().targets().stream().map(Wording::file).toList(),
            rows().stream().map(DataClaim::of).toList());
    return "const RESULTS = " + Json.MAPPER.writeValueAsString(data) + ";\n";
  }

  private record Data(List<String> targets, List<DataClaim> claims) {}

  /**
   * A claim.
   *
   * @param at for each target the number of what it showed, -1 where the claim was not tried
   * @param changes what differs between any two of these numbers, such as {@code "0 2"}
   */
  private record DataClaim(
      String id,
      String page,
      String section,
      String says,
      List<Integer> at,
      Map<String, DataChange> changes) {
    private static DataClaim of(Row row) {
      Map<String, DataChange> changes = new TreeMap<>();
      for (int a = 0; a < row.unlike().size(); a++) {
        for (int b = a + 1; b < row.unlike().size(); b++) {
          String key = a + " " + b;
          Change.between(row.unlike().get(a), row.unlike().get(b))
              .ifPresent(change -> changes.put(key, DataChange.of(change)));
        }
      }
      return new DataClaim(
          row.claim().id(),
          row.claim().page(),
          row.claim().section(),
          row.claim().says(),
          row.cells().stream().map(Comparison.Cell::kind).toList(),
          changes);
    }
  }

  private record DataChange(DataSeen before, DataSeen after) {
    private static DataChange of(Change change) {
      return new DataChange(
          DataSeen.of(change.before(), change.facts(), FactChange::before),
          DataSeen.of(change.after(), change.facts(), FactChange::after));
    }
  }

  private record DataSeen(Verdict verdict, String because, List<String> facts) {
    private static DataSeen of(
        Seen seen, List<FactChange> facts, Function<FactChange, String> value) {
      return new DataSeen(
          seen.verdict(),
          seen.because(),
          facts.stream().map(fact -> fact.name() + ": " + value.apply(fact)).toList());
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
