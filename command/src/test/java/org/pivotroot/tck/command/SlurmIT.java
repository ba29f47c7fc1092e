package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two shards on a Slurm cluster of one node, which is this host, and merged. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SlurmIT {
  @TempDir Path scratch;
  private Optional<SlurmCluster> cluster = Optional.empty();

  @BeforeEach
  void startCluster() throws IOException, InterruptedException {
    Optional<String> lacking = SlurmCluster.lacking();
    assumeTrue(lacking.isEmpty(), () -> lacking.get());
    cluster = Optional.of(SlurmCluster.start(Files.createDirectory(scratch.resolve("slurm"))));
  }

  @AfterEach
  void stopCluster() throws InterruptedException {
    if (cluster.isPresent()) {
      cluster.get().stop();
    }
  }

  /** The program by one name, as a job file calls it. */
  private Path launcher() throws IOException {
    Path launcher = scratch.resolve("tck");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec "
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + " -Dtck.home="
            + Path.of("..").toAbsolutePath().normalize()
            + " -Dorg.slf4j.simpleLogger.defaultLogLevel=error -jar "
            + Path.of("target/tck.jar").toAbsolutePath()
            + " \"$@\"\n");
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Program.Ended run(String... words) throws IOException, InterruptedException {
    Map<String, String> environment =
        cluster.map(SlurmCluster::environment).orElseThrow(IllegalStateException::new);
    Path processes = Files.createTempDirectory(scratch, "of-processes");
    return new Program(List.of(), scratch, environment, processes).run(words);
  }

  @Test
  void anArrayJobSharesARunThatIsMergedThen() throws Exception {
    String tck = launcher().toString();
    Program.Ended job =
        run(
            tck,
            "farm",
            "slurm",
            "--shards",
            "2",
            "--program",
            tck,
            "--",
            "--kernel",
            "7.3",
            "--claim",
            "cwd-*");
    assertThat(job.status()).isZero();
    Path file = Files.writeString(scratch.resolve("job.sh"), job.output());
    Program.Ended submitted = run("sbatch", "--wait", file.toString());
    assertThat(submitted.status()).as(log(1) + log(2) + submitted.error()).isZero();
    assertThat(log(1) + log(2)).contains("all as on record");

    String[] merge = {tck, "merge", "shards/1", "shards/2", "--results", "merged"};
    Program.Ended merged = run(merge);
    assertThat(merged.error()).isEmpty();
    assertThat(merged.output()).containsPattern("vm 7.3: \\d+ claims");
    assertThat(run(tck, "check", "--results", "merged").output()).contains("0 changed verdicts");

    Program.Ended half = run(tck, "merge", "shards/1", "--results", "half");
    assertThat(half.status()).isEqualTo(Tck.USAGE);
    assertThat(half.error()).isEqualTo("tck: of 2 parts these are missing: 2\n");
    Program.Ended twice = run(tck, "merge", "shards/1", "shards/1", "--results", "half");
    assertThat(twice.error()).contains("do not belong together: both are part 1");
    try (Stream<Path> files = Files.list(scratch)) {
      assertThat(files.map(found -> found.getFileName().toString())).doesNotContain("half");
    }
  }

  private String log(int shard) throws IOException {
    Path log = scratch.resolve("shard-" + shard + ".log");
    return Files.exists(log) ? Files.readString(log) : "shard " + shard + " left no log\n";
  }
}
