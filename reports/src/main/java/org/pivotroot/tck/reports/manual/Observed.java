package org.pivotroot.tck.reports.manual;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Change;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.Comparison.Row;
import org.pivotroot.tck.reports.compare.Comparison.Shown;
import org.pivotroot.tck.reports.compare.FactChange;
import org.pivotroot.tck.reports.compare.Step;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.compare.Wording.VerdictRange;
import org.pivotroot.tck.reports.explain.ClaimsOfRules;
import org.pivotroot.tck.reports.explain.ExactRules;
import org.pivotroot.tck.reports.store.Seen;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;

/**
 * The manual page {@code pivot_root_observed(7)}, a Markdown summary with the same content, and
 * draft corrections for the pages.
 */
public final class Observed {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Comparison comparison;
  private final Wording wording;

  private Observed(Comparison comparison) {
    this.comparison = comparison;
    this.wording = new Wording(comparison.results());
  }

  /**
   * Writes {@code pivot_root_observed.7}, {@code observed.md} and {@code corrections.md}, and the
   * manual page as HTML and PDF if mandoc is installed.
   *
   * @return whether mandoc was there
   */
  public static boolean write(Comparison comparison, Path directory) {
    Observed observed = new Observed(comparison);
    Output output = new Output(directory);
    Path page = output.write("pivot_root_observed.7", observed.page());
    Map<String, Object> model =
        Map.of(
            "targets", comparison.results().targets(),
            "steps", comparison.steps(),
            "matrix", comparison.matrix(),
            "wording", observed.wording);
    output.write("observed.md", Templates.markdown("observed.md", model));
    output.write(
        "corrections.md",
        Templates.markdown("corrections.md", Map.of("corrections", Correction.all(comparison))));
    return Mandoc.write(page);
  }

  private String page() {
    Roff roff = new Roff();
    List<TargetRecord> targets = comparison.results().targets();
    roff.title("PIVOT_ROOT_OBSERVED", date(targets))
        .macro("SH", "NAME")
        .text("pivot_root_observed - what Linux kernels were seen to do with pivot_root(2)")
        .macro("SH", "DESCRIPTION")
        .text(
            "This page is made from real runs of pivot_root(2) and the calls around it on real"
                + " kernels. It lists the statements of the manual pages, in other words than"
                + " theirs, and on which kernels each was upheld or contradicted. Kernels: "
                + wording.targets(targets)
                + ".");
    changes(roff);
    comparison.matrix().forEach((page, sections) -> statements(roff, page, sections));
    rules(roff);
    roff.macro("SH", "CAVEATS")
        .text(
            "What was seen holds for the kernels that were run. A kernel between two of them is"
                + " likely to behave as its neighbours where these agree.")
        .macro("SH", "SEE ALSO")
        .text("pivot_root(2), chroot(2), mount(2), umount(2), mount_namespaces(7)");
    return roff.toString();
  }

  /** Of the youngest kernel's build, where its version tells: the page changes with the kernels. */
  private static String date(List<TargetRecord> targets) {
    return targets.stream()
        .map(target -> DATE.matcher(target.target().kernel().version()))
        .filter(Matcher::find)
        .map(Matcher::group)
        .max(Comparator.naturalOrder())
        .orElse("");
  }

  private void changes(Roff roff) {
    roff.macro("SH", "CHANGES BY KERNEL VERSION");
    if (comparison.steps().isEmpty()) {
      roff.text("None between neighbouring versions.");
    }
    for (Step step : comparison.steps()) {
      roff.macro(
          "SS",
          "Since " + step.since() + " (" + step.environment() + ", after " + step.until() + ")");
      step.changes().forEach(change -> change(roff, change));
    }
  }

  private static void change(Roff roff, Change change) {
    roff.macro("TP").macro("B", change.claim().id()).text(sentence(change.claim().says()));
    if (change.changesVerdict()) {
      roff.text(
          "Was "
              + change.before().verdict().word().replace('-', ' ')
              + ", is "
              + change.after().verdict().word().replace('-', ' ')
              + ".");
    }
    if (change.changesDecision()) {
      roff.text("Is so for another reason: " + sentence(oneLine(change.after().because())));
    }
    for (FactChange fact : change.facts()) {
      roff.text(fact.name() + " was " + fact.before() + ", is " + fact.after() + ".");
    }
    if (!change.why().isEmpty()) {
      roff.text(sentence(change.why()));
    }
  }

  private void statements(Roff roff, String page, Map<String, List<Row>> sections) {
    roff.macro("SH", "STATEMENTS OF " + page);
    sections.forEach(
        (section, rows) -> {
          roff.macro("SS", section);
          for (Row row : rows) {
            roff.macro("TP").macro("B", row.claim().id()).text(sentence(row.claim().says()));
            for (VerdictRange range : wording.ranges(row.claim())) {
              String word = range.verdict().word().replace('-', ' ');
              roff.text(
                  word.substring(0, 1).toUpperCase(Locale.ROOT)
                      + word.substring(1)
                      + " on "
                      + range.targets()
                      + ".");
            }
            row.shown().stream()
                .map(Shown::seen)
                .filter(seen -> seen.verdict() == Verdict.CONTRADICTED)
                .map(Seen::why)
                .filter(why -> !why.isEmpty())
                .distinct()
                .forEach(reason -> roff.text(sentence(reason)));
          }
        });
  }

  /** What each call checks, in this order, and what it does then. */
  private void rules(Roff roff) {
    roff.macro("SH", "THE EXACT RULES")
        .text(
            "What each call checks, in this order, and what it does if no check refuses it: the"
                + " specification that kernels are held against.");
    ExactRules.of(new ClaimsOfRules(comparison::results))
        .forEach(
            (title, rows) -> {
              roff.macro("SS", title);
              for (int i = 0; i < rows.size(); i++) {
                rule(roff, rows.get(i), i == 0);
              }
            });
  }

  private static void rule(Roff roff, ExactRules.Row row, boolean isFirst) {
    if (row.id().isEmpty()) {
      if (!isFirst) {
        roff.macro("PP");
      }
      roff.text(sentence(row.says()));
      return;
    }
    roff.macro("TP")
        .macro("B", (row.errno().isEmpty() ? "" : row.errno() + " ") + row.id())
        .text(sentence(row.says()));
    if (!row.versions().isEmpty()) {
      roff.text("Kernels " + sentence(row.versions()));
    }
    if (!row.claims().isEmpty()) {
      roff.text("Seen in " + sentence(String.join(", ", row.claims())));
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\n\\s*", "; ");
  }

  static String sentence(String text) {
    String stripped = text.strip();
    return stripped.matches("(?s).*[.!?]") ? stripped : stripped + ".";
  }
}
