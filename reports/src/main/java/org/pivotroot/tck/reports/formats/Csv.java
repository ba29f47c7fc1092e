package org.pivotroot.tck.reports.formats;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.reports.store.Results;

/** CSV after RFC 4180: a line per claim and target. */
final class Csv {
  private Csv() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    append(
        text,
        List.of(
            "environment",
            "kernel",
            "series",
            "claim",
            "page",
            "section",
            "editions",
            "stage",
            "verdict",
            "expected",
            "because",
            "facts"));
    for (ResultDocument target : results.targets()) {
      for (Observation observation : target.observations()) {
        append(
            text,
            List.of(
                target.target().environment(),
                target.target().kernel().release(),
                target.target().kernel().series(),
                observation.claim(),
                observation.page(),
                observation.section(),
                observation.editions(),
                observation.stage(),
                observation.verdict().word(),
                observation.expected().word(),
                observation.because() == null ? "" : observation.because(),
                observation.facts().entrySet().stream()
                    .map(fact -> fact.getKey() + "=" + fact.getValue())
                    .collect(Collectors.joining("; "))));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> fields) {
    text.append(fields.stream().map(Csv::field).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String field(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
