package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/**
 * The specification written down: for each call its checks in order with their errors, versions and
 * claims, and its effects. What calls have in common stands in a section of its own.
 */
public final class ExactRules {
  private static final String PATHS = "a lookup of a path";
  private static final List<String> FIRST =
      List.of("pivot_root", "umount2", "mount", "move_mount", "setns", "unshare", "chroot");

  private final ClaimsOfRules claims;
  private final Map<String, List<Row>> sections = new LinkedHashMap<>();
  private final Map<String, Procedure<?>> parts = new LinkedHashMap<>();
  private final Map<String, Clause> paths = new LinkedHashMap<>();

  private ExactRules(ClaimsOfRules claims) {
    this.claims = claims;
  }

  /**
   * A line of a section.
   *
   * @param depth how deep in choices it is
   * @param errno the error of a check; empty for anything else
   * @param id the name of a check or effect; empty for a heading
   * @param versions on which kernels, if not on all
   * @param wayOut what to do about it; empty if nothing is known
   * @param claims ids of the claims that came by it
   */
  public record Row(
      int depth,
      String errno,
      String id,
      String says,
      String versions,
      String cites,
      String wayOut,
      List<String> claims) {}

  /** All sections by title, those of the most important calls first. */
  public static Map<String, List<Row>> of(ClaimsOfRules claims) {
    ExactRules rules = new ExactRules(claims);
    Callee.BY_TITLE.values().stream()
        .sorted(
            Comparator.comparingInt((Callee callee) -> rank(callee.title()))
                .thenComparing(Callee::title))
        .forEach(
            callee ->
                Specification.of(callee)
                    .ifPresent(procedure -> rules.section(callee.title(), procedure)));
    while (!rules.parts.isEmpty()) {
      String title = rules.parts.keySet().iterator().next();
      rules.section(title, rules.parts.remove(title));
    }
    rules.sections.put(
        PATHS, rules.paths.values().stream().map(clause -> rules.row(0, clause)).toList());
    return rules.sections;
  }

  private static int rank(String title) {
    int rank = FIRST.indexOf(title);
    return rank < 0 ? FIRST.size() : rank;
  }

  private void section(String title, Procedure<?> procedure) {
    if (!sections.containsKey(title)) {
      List<Row> rows = new ArrayList<>();
      sections.put(title, rows);
      add(rows, 0, procedure);
    }
  }

  private void add(List<Row> rows, int depth, Procedure<?> procedure) {
    for (Procedure.Step<?> step : procedure.steps()) {
      if (step instanceof Procedure.Check<?> check) {
        rows.add(row(depth, check.rule()));
      } else if (step instanceof Procedure.Part<?, ?> part) {
        parts.putIfAbsent(part.procedure().title(), part.procedure());
        rows.add(heading(depth, part.procedure().title() + ": see there"));
      } else if (step instanceof Procedure.Choose<?> choose) {
        for (Procedure.Choice<?> choice : choose.choices()) {
          rows.add(heading(depth, "where it is " + choice.says()));
          add(rows, depth + 1, choice.procedure());
        }
      } else if (step instanceof Procedure.Find<?> find) {
        found(rows, depth, find);
      } else {
        step.clauses().forEach(clause -> rows.add(row(depth, clause)));
      }
    }
  }

  private void found(List<Row> rows, int depth, Procedure.Find<?> find) {
    List<Clause> own = new ArrayList<>();
    for (Clause clause : find.clauses()) {
      if (clause.id().startsWith("path.")) {
        paths.putIfAbsent(clause.id(), clause);
      } else {
        own.add(clause);
      }
    }
    boolean looksUp = own.size() < find.clauses().size();
    rows.add(heading(depth, find.says() + (looksUp ? ": see " + PATHS : "")));
    own.forEach(clause -> rows.add(row(depth + 1, clause)));
  }

  private static Row heading(int depth, String says) {
    return new Row(depth, "", "", says, "", "", "", List.of());
  }

  private Row row(int depth, Clause clause) {
    if (clause instanceof Branch branch) {
      return new Row(depth, "", branch.id(), branch.says(), "", branch.cites(), "", List.of());
    }
    Rule rule = (Rule) clause;
    return new Row(
        depth,
        Explanation.names(rule.errnos()),
        rule.id(),
        rule.says(),
        versions(rule),
        rule.cites(),
        WaysOut.of(rule).orElse(""),
        claims.of(rule));
  }

  private static String versions(Rule rule) {
    List<String> words = new ArrayList<>();
    if (rule.since() != null) {
      from(words, rule.since(), "from ", "before ");
    }
    if (rule.until() != null) {
      from(words, rule.until(), "before ", "from ");
    }
    return String.join(", ", words);
  }

  private static void from(List<String> words, Switch change, String since, String until) {
    change.since().ifPresent(version -> words.add(since + version));
    change.until().ifPresent(version -> words.add(until + version));
  }
}
