package org.pivotroot.tck.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultJson;
import org.pivotroot.tck.model.observation.Topology;
import org.pivotroot.tck.model.observation.Verdict;

/** Result documents of 250 observations to JSON and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DocumentBenchmark {
  private static final int OBSERVATIONS = 250;
  private static final int CALLS = 20;
  private static final int MOUNTS = 4;

  private final ResultDocument document = document();
  private final String text = ResultJson.text(document);

  private static ResultDocument document() {
    List<Topology.MountEntry> mounts =
        Collections.nCopies(
            MOUNTS,
            new Topology.MountEntry(
                "mount#1", "mount#2", "/new", "tmpfs", "dev#1", "/", "rw,relatime", List.of()));
    List<String> transcript =
        Collections.nCopies(CALLS, "S: pivot_root(\"/new\", \"/new/old\") = 0");
    List<Observation> observations =
        IntStream.range(0, OBSERVATIONS)
            .mapToObj(
                i ->
                    new Observation(
                        "claim-" + i,
                        "pivot_root(2)",
                        "DESCRIPTION",
                        "all",
                        "a statement of about sixty characters, as most of them are",
                        "namespace",
                        Verdict.UPHELD,
                        Verdict.UPHELD,
                        null,
                        null,
                        new TreeMap<>(),
                        transcript,
                        new Topology(mounts, mounts)))
            .toList();
    ResultDocument.Kernel kernel =
        new ResultDocument.Kernel("7.3.0", "#1 SMP", "7.3", null, null, "0".repeat(64));
    ResultDocument.Target target =
        new ResultDocument.Target("vm", kernel, "tcg", "QEMU", "0".repeat(64), new TreeMap<>());
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION, target, new ResultDocument.Suite("unknown"), observations);
  }

  /** To JSON. */
  @Benchmark
  public String write() {
    return ResultJson.text(document);
  }

  /** From JSON. */
  @Benchmark
  public ResultDocument read() throws IOException {
    return ResultJson.parse(text, "the benchmark");
  }
}
