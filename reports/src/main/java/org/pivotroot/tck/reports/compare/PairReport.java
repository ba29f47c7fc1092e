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

/** The comparison of any two targets, of whatever environments and of whatever runs. */
public final class PairReport {
  private static final int LEVELS = 3;

  private final Side before;
  private final Side after;
  private final List<Change> changes = new ArrayList<>();
  private int tried;

  /**
   * One of two that are compared.
   *
   * @param results where it is from
   * @param target which it is
   */
  public record Side(Results results, TargetRecord target) {
    /**
     * The target that a name is for, with a blank or a hyphen in it; a version alone means its
     * virtual machine.
     */
    public static Optional<Side> find(Results results, String name) {
      return results
          .target(name.replaceFirst("^([a-z]+)-(?=\\d)", "$1 "))
          .or(() -> results.target("vm " + name))
          .map(target -> new Side(results, target));
    }

    private static Side of(Results results, String name) {
      return find(results, name)
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

  /** Compares two. */
  public PairReport(Side before, Side after) {
    this.before = before;
    this.after = after;
    for (ClaimText claim : after.results().claims()) {
      Optional<Seen> was = before.results().at(claim.id(), before.target());
      Optional<Seen> is = after.results().at(claim.id(), after.target());
      if (was.isPresent() && is.isPresent()) {
        tried++;
        Change.between(was.get(), is.get()).ifPresent(changes::add);
      }
    }
  }

  /** Whether there is a claim that came out otherwise. */
  public boolean differs() {
    return !changes.isEmpty();
  }

  /** For a mail: lines of at most 72 characters, but for calls, which are not broken. */
  public String text() {
    return PairText.of(before.target(), after.target(), tried, changes);
  }

  /** A page that needs no other file. */
  public String html() {
    return Templates.html("pair.html", model());
  }

  /** For what renders Markdown. */
  public String markdown() {
    return Templates.markdown("pair.md", model());
  }

  /** For programs. */
  public String json() {
    return Json.text(
        new Pair(
            before.target().name(),
            after.target().name(),
            tried,
            changes.stream().map(PairClaim::of).toList()),
        LEVELS);
  }

  private Map<String, Object> model() {
    return Map.of(
        "before",
        before.target(),
        "after",
        after.target(),
        "tried",
        tried,
        "changes",
        changes,
        "wording",
        new Wording(after.results()));
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
    PairReport report =
        new PairReport(
            Side.of(results, pair.substring(0, dots)), Side.of(results, pair.substring(dots + 2)));
    String name =
        "comparison-"
            + Wording.file(report.before.target())
            + ".."
            + Wording.file(report.after.target());
    Output output = new Output(directory);
    return List.of(
        output.write(name + ".html", report.html()),
        output.write(name + ".md", report.markdown()),
        output.write(name + ".json", report.json()));
  }
}
