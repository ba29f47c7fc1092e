package org.pivotroot.tck.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.model.transcript.ShellWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the job file of a farm that shares a run. */
@Command(
    name = "farm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Print a job file that shares a run by several machines and merges what they saw. Its first"
            + " lines say where it belongs.")
final class FarmCommand implements Callable<Integer> {
  /** What shares work out. */
  enum Farm {
    GITHUB("github.yml", "./tck"),
    GITLAB("gitlab.yml", "./tck"),
    LAVA("lava.yaml", "tck"),
    SLURM("slurm.sh", "tck");

    private final String template;
    private final String program;

    Farm(String template, String program) {
      this.template = template;
      this.program = program;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FARM", description = "${COMPLETION-CANDIDATES}.")
  private Farm farm;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many machines (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--program",
      paramLabel = "PATH",
      description = "How the program is called there (default: ./tck of a checkout, or tck).")
  private String program;

  @Parameters(
      index = "1..*",
      paramLabel = "OPTION",
      description = "What each machine gives to tck run, after --: -- --kernel 6.1..7.3")
  private List<String> options = List.of();

  @Override
  public Integer call() throws IOException {
    if (shards < 1) {
      throw new SelectionException("--shards " + shards + ": there must be one machine at least");
    }
    String words =
        options.stream().map(word -> " " + ShellWords.quoted(word)).collect(Collectors.joining());
    try (InputStream in = FarmCommand.class.getResourceAsStream("farm/" + farm.template)) {
      spec.commandLine()
          .getOut()
          .print(
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .replace("@TCK@", program == null ? farm.program : program)
                  .replace("@OPTIONS@", words)
                  .replace("@SHARDS@", String.valueOf(shards))
                  .replace("@LIST@", list()));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String list() {
    return IntStream.rangeClosed(1, shards)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
