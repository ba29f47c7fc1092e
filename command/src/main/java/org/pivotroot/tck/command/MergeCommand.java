package org.pivotroot.tck.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.observation.Shard;
import org.pivotroot.tck.reports.store.Merge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts the results of the parts of a run together. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description =
        "Put the results of all shards of a run together, as the results of one. What does not"
            + " belong together is refused.")
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "What --results of each shard was.")
  private List<Path> folders;

  @Override
  public Integer call() throws IOException {
    List<ResultDocument> merged = Merge.of(folders);
    new ResultStore(places.results()).replaceWith(merged);
    Merge.durations(folders).write(places.results());
    Shard.forget(places.results());
    for (ResultDocument document : merged) {
      spec.commandLine()
          .getOut()
          .println(document.name() + ": " + document.observations().size() + " claims");
    }
    spec.commandLine().getOut().println("Where it differs from the record: tck check");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
