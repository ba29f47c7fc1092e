package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.specification.Reconstruction;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.transcript.CallReader;
import org.pivotroot.tck.model.transcript.Strace;
import org.pivotroot.tck.model.transcript.SyntaxException;
import org.pivotroot.tck.reports.store.ReportException;

/** A diagnosis, for a terminal or as JSON. */
public final class Explanation {
  private static final int LEVELS = 6;
  private static final int SOME = 4;

  private final Diagnosis diagnosis;
  private final String shown;
  private final ClaimsOfRules claims;

  private Explanation(Diagnosis diagnosis, String shown, ClaimsOfRules claims) {
    this.diagnosis = diagnosis;
    this.shown = shown;
    this.claims = claims;
  }

  /**
   * Explains a call.
   *
   * @param words the call as typed to a shell, or as one word in strace's notation
   * @throws ReportException if it is none, or one that cannot be explained
   */
  public static Explanation of(Subject subject, List<String> words, ClaimsOfRules claims) {
    Call call = read(adapted(words));
    String shown = Strace.call(call);
    return new Explanation(
        Diagnosis.of(subject, call),
        entersByPath(words)
            ? shown.replace(Reconstruction.NAMESPACE.toString(), '"' + words.get(1) + '"')
            : shown,
        claims);
  }

  /** The namespace that setns(2) is to enter is given by a path; a call takes a descriptor. */
  private static boolean entersByPath(List<String> words) {
    return words.size() > 1
        && words.get(0).equals(Syscall.SETNS.title())
        && words.get(1).startsWith("/");
  }

  private static List<String> adapted(List<String> words) {
    List<String> adapted = new ArrayList<>(words);
    if (entersByPath(words)) {
      adapted.set(1, Reconstruction.NAMESPACE.toString());
    }
    return adapted;
  }

  private static Call read(List<String> words) {
    try {
      return CallReader.of(words);
    } catch (SyntaxException e) {
      throw new ReportException(
          e.getMessage()
              + "; give a call such as pivot_root /new /new/old, umount2 /mnt, mount /a /b MS_MOVE,"
              + " setns /proc/PID/ns/mnt",
          e);
    }
  }

  private String header() {
    return shown + " by " + diagnosis.subject().title() + ", Linux " + diagnosis.subject().kernel();
  }

  /** Lines for a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder(header()).append('\n');
    if (diagnosis.failing().isEmpty()) {
      text.append("Nothing that can be seen speaks against this call.\n");
    } else {
      Rule first = diagnosis.failing().get(0);
      text.append("It fails with ").append(errnos(first)).append(": ");
      text.append(first.says()).append(".\n");
      about(text, first);
    }
    List<Rule> rest = diagnosis.failing().stream().skip(1).toList();
    section(text, "If that were not so, it would fail with", rest.isEmpty());
    for (Rule rule : rest) {
      text.append("  ").append(errnos(rule)).append(": ").append(rule.says()).append(".\n");
      about(text, rule);
    }
    section(text, "Where things are", false);
    diagnosis.places().forEach((name, place) -> line(text, name, place));
    section(
        text, "What cannot be seen", diagnosis.ifSo().isEmpty() && diagnosis.assumed().isEmpty());
    diagnosis
        .ifSo()
        .forEach((unseen, rules) -> line(text, "if " + unseen.says(), "then " + rules(rules)));
    if (!diagnosis.assumed().isEmpty()) {
      line(text, "taken to be a directory", String.join(", ", diagnosis.assumed()));
    }
    section(text, "Outside the mount tree", false);
    diagnosis.outside().forEach(one -> line(text, word(one), one.says()));
    return text.toString();
  }

  private static void section(StringBuilder text, String title, boolean isEmpty) {
    if (!isEmpty) {
      text.append('\n').append(title).append('\n');
    }
  }

  private static void line(StringBuilder text, String name, String says) {
    text.append("  ").append(name).append(": ").append(says).append('\n');
  }

  private static String word(Outside one) {
    String state =
        switch (one.state()) {
          case ABSENT -> "ok     ";
          case PRESENT -> "THERE  ";
          case UNSEEN -> "unseen ";
        };
    return state + one.id();
  }

  private static String rules(List<Rule> rules) {
    return rules.stream()
        .map(rule -> errnos(rule) + " (" + rule.id() + "), " + rule.says())
        .collect(Collectors.joining("; "));
  }

  private void about(StringBuilder text, Rule rule) {
    text.append("    check: ").append(rule.id()).append(" (").append(rule.cites()).append(")\n");
    WaysOut.of(rule).ifPresent(way -> text.append("    way out: ").append(way).append('\n'));
    List<String> proved = claims.of(rule);
    if (!proved.isEmpty()) {
      text.append("    seen in: ")
          .append(proved.stream().limit(SOME).collect(Collectors.joining(", ")))
          .append(proved.size() > SOME ? ", ..." : "")
          .append('\n');
    }
  }

  private static String errnos(Rule rule) {
    return names(rule.errnos());
  }

  static String names(Set<Errno> errnos) {
    return errnos.stream().map(Errno::name).sorted().collect(Collectors.joining(" or "));
  }

  /** An object for programs. */
  public String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("call", shown);
    json.put("subject", diagnosis.subject().title());
    json.put("kernel", diagnosis.subject().kernel());
    json.put("fails", !diagnosis.failing().isEmpty());
    json.put("checks", diagnosis.failing().stream().map(this::json).toList());
    json.put("places", diagnosis.places());
    json.put(
        "unseen",
        diagnosis.ifSo().entrySet().stream()
            .map(
                entry -> {
                  Map<String, Object> object = new LinkedHashMap<>();
                  object.put("if", entry.getKey().says());
                  object.put("checks", entry.getValue().stream().map(this::json).toList());
                  return object;
                })
            .toList());
    json.put("assumed", diagnosis.assumed());
    json.put(
        "outside",
        diagnosis.outside().stream()
            .map(
                one -> {
                  Map<String, String> object = new LinkedHashMap<>();
                  object.put("id", one.id());
                  object.put("state", one.state().name().toLowerCase(Locale.ROOT));
                  object.put("says", one.says());
                  return object;
                })
            .toList());
    return Json.text(json, LEVELS);
  }

  private Map<String, Object> json(Rule rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", rule.id());
    json.put("errnos", rule.errnos().stream().map(Errno::name).sorted().toList());
    json.put("says", rule.says());
    json.put("cites", rule.cites());
    WaysOut.of(rule).ifPresent(way -> json.put("wayOut", way));
    json.put("claims", claims.of(rule));
    return json;
  }
}
