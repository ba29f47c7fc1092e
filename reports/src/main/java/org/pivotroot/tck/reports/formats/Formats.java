package org.pivotroot.tck.reports.formats;

import java.nio.file.Path;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.text.Output;

/** All formats at once. */
public final class Formats {
  private Formats() {}

  /** Writes {@code <target>.ktap} and {@code TEST-<target>.xml} each, a KCIDB document and CSV. */
  public static void write(Results results, Path directory) {
    Output output = new Output(directory);
    output.clear(".");
    for (ResultDocument target : results.targets()) {
      output.write(target.name() + ".ktap", Ktap.of(target));
      output.write("TEST-" + target.name() + ".xml", JunitXml.of(target));
    }
    output.write("kcidb.json", Kcidb.of(results));
    output.write("results.csv", Csv.of(results));
  }
}
