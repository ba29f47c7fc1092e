package org.pivotroot.tck.reports.formats;

import java.nio.file.Path;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.text.Output;

/** All formats at once. */
public final class Formats {
  private Formats() {}

  /** Writes {@code <target>.ktap} and {@code TEST-<target>.xml} each, a KCIDB document and CSV. */
  public static void write(Results results, Path directory) {
    Output output = new Output(directory);
    output.clear(".");
    for (TargetRecord target : results.targets()) {
      String name = Wording.file(target);
      output.write(name + ".ktap", Ktap.of(results, target));
      output.write("TEST-" + name + ".xml", JunitXml.of(results, target));
    }
    output.write("kcidb.json", Kcidb.of(results));
    output.write("results.csv", Csv.of(results));
  }
}
