package org.pivotroot.tck.reports.compare;

import java.nio.file.Path;
import java.util.Map;
import org.pivotroot.tck.reports.text.Output;
import org.pivotroot.tck.reports.text.Templates;

/** The comparison of all targets as {@code comparison.md} and {@code comparison.html}. */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** Writes both into a directory. */
  public static void write(Comparison comparison, Path directory) {
    Map<String, Object> model =
        Map.of(
            "targets", comparison.results().targets(),
            "steps", comparison.steps(),
            "changed", comparison.changed(),
            "matrix", comparison.matrix(),
            "wording", new Wording(comparison.results()));
    Output output = new Output(directory);
    output.write("comparison.md", Templates.markdown("comparison.md", model));
    output.write("comparison.html", Templates.html("comparison.html", model));
  }
}
