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
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
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
  private final String text = Json.text(document, ResultDocument.LEVELS);

  private static ResultDocument document() {
    MountTable mounts =
        new MountTable(
            Collections.nCopies(
                MOUNTS,
                new Mount(1, 2, "/new", "tmpfs", 1, "/", "rw,relatime", Propagation.PRIVATE)));
    Event event =
        new Event.Called(
            "S",
            Call.of(Syscall.PIVOT_ROOT, Value.text("/new"), Value.text("/new/old")),
            new Result.Returned(0));
    List<Observation> observations =
        IntStream.range(0, OBSERVATIONS)
            .mapToObj(
                i ->
                    new Observation(
                        new ClaimText(
                            "claim-" + i,
                            "pivot_root(2)",
                            "DESCRIPTION",
                            "all",
                            "a statement of about sixty characters, as most of them are",
                            "namespace",
                            false,
                            List.of(),
                            null),
                        Verdict.UPHELD,
                        null,
                        new TreeMap<>(),
                        mounts,
                        null,
                        List.of(),
                        Collections.nCopies(CALLS, event)))
            .toList();
    ResultDocument.Kernel kernel =
        new ResultDocument.Kernel("7.3.0", "#1 SMP", "7.3", null, null, "0".repeat(64));
    ResultDocument.Target target =
        new ResultDocument.Target(
            "vm", "7.3", kernel, "tcg", "QEMU", "0".repeat(64), new TreeMap<>());
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION, target, new ResultDocument.Suite("unknown"), observations);
  }

  /** To JSON. */
  @Benchmark
  public String write() {
    return Json.text(document, ResultDocument.LEVELS);
  }

  /** From JSON. */
  @Benchmark
  public ResultDocument read() throws IOException {
    return Json.parse(text, ResultDocument.class, "the benchmark");
  }
}
