package org.pivotroot.tck.reports.formats;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/** CSV after RFC 4180: a line per claim and target. */
final class Csv {
  private Csv() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    append(
        text,
        List.of(
            "environment",
            "version",
            "kernel",
            "claim",
            "page",
            "section",
            "editions",
            "stage",
            "verdict",
            "expected",
            "because",
            "why",
            "facts"));
    for (TargetRecord target : results.targets()) {
      for (Seen seen : results.of(target)) {
        append(text, fields(target.target(), seen));
      }
    }
    return text.toString();
  }

  private static List<String> fields(ResultDocument.Target target, Seen seen) {
    ClaimText claim = seen.claim();
    return List.of(
        target.environment(),
        target.version(),
        target.kernel().release(),
        claim.id(),
        claim.page(),
        claim.section(),
        claim.editions(),
        claim.stage(),
        seen.verdict().word(),
        seen.expected().word(),
        seen.because(),
        seen.why(),
        seen.facts().entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .collect(Collectors.joining("; ")));
  }

  private static void append(StringBuilder text, List<String> fields) {
    text.append(fields.stream().map(Csv::field).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String field(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
