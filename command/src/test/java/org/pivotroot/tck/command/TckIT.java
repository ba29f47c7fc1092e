package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.kernel.KeptKernels;
import org.pivotroot.tck.images.kernel.Kind;
import org.pivotroot.tck.model.json.Json;
import tools.jackson.databind.JsonNode;

/** The packaged program as a process: what it prints, its status, what it leaves behind. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TckIT {
  private static final String CLAIM = "cwd-at-old-root-moves";
  private static final String KERNEL = "7.3";

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Dtck.home=..",
          "-jar",
          "target/tck.jar");

  @TempDir Path results;

  private Program.Ended tck(String... arguments) throws IOException, InterruptedException {
    return tckReading("", arguments);
  }

  private Program.Ended tckReading(String input, String... arguments)
      throws IOException, InterruptedException {
    return new Program(JAVA, Path.of("."), Map.of(), results).reading(input, arguments);
  }

  private Program.Ended run(String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--kernel", KERNEL, "--results", results.toString()));
    arguments.addAll(List.of(more));
    return tck(arguments.toArray(String[]::new));
  }

  @Test
  void helpTellsWhatANewcomerWantsToKnow() throws Exception {
    Program.Ended ended = tck("--help");
    assertThat(ended.status()).isZero();
    assertThat(ended.error()).isEmpty();
    assertThat(ended.output())
        .contains("Does my kernel differ?", "Since when?", "Show me.", "Why EINVAL?");
  }

  @Test
  void aClaimThatIsAsOnRecordEndsWithZero() throws Exception {
    Program.Ended ended = run("--claim", CLAIM);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.output()).contains("vm 7.3: 1 upheld; all as on record");
    assertThat(ended.output()).doesNotContain("\033");
    assertThat(ended.status()).isZero();
  }

  @Test
  void programsGetAnObjectOnEachLine() throws Exception {
    Program.Ended ended = run("--claim", CLAIM, "--json");
    assertThat(ended.status()).isZero();
    List<String> events = new ArrayList<>();
    for (String line : ended.output().lines().toList()) {
      events.add(Json.parse(line, JsonNode.class, "output").get("event").asString());
    }
    assertThat(events).contains("planned", "tried");
  }

  @ParameterizedTest
  @CsvSource({
    "--claim, cwd-at-old-rot-moves, cwd-at-old-root-moves",
    "--target, qemu, vm",
    "--kernel, 7.99, 7.3",
    "--page, pivot_root(3), tck list pages"
  })
  void aMisspeltWordIsOneLineWithTheNearest(String option, String value, String said)
      throws Exception {
    Program.Ended ended =
        option.equals("--kernel")
            ? tck("run", option, value, "--claim", CLAIM, "--results", results.toString())
            : run(option, value);
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(ended.error()).startsWith("tck: ").contains(said);
  }

  @Test
  void anImageThatIsNoneIsSkippedByGitBisect() throws Exception {
    assertThat(tck("bisect", CLAIM, "pom.xml").status()).isEqualTo(125);
  }

  @Test
  void anExplorationGoesOnWhereItStopped() throws Exception {
    for (int count : List.of(50, 100)) {
      Program.Ended ended = explore("--count", String.valueOf(count));
      assertThat(ended.error()).isEmpty();
      assertThat(ended.output())
          .contains("vm 7.3: " + count + " scenarios", "all as the specification says");
      assertThat(ended.status()).isZero();
    }
    Program.Ended ended = explore("--count", "100");
    assertThat(ended.output()).contains("vm 7.3: 100 scenarios");
  }

  @ParameterizedTest
  @CsvSource({"--for, 10x, 10x is no time such as", "--target, ulm, did you mean uml"})
  void anExplorationSaysWhatIsWrong(String option, String value, String said) throws Exception {
    Program.Ended ended = explore(option, value);
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.error()).startsWith("tck: ").contains(said);
  }

  private Program.Ended explore(String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("explore", "--kernel", KERNEL, "--finds", results.toString()));
    arguments.addAll(List.of(more));
    return tck(arguments.toArray(String[]::new));
  }

  @Test
  void whatIsOnRecordIsShown() throws Exception {
    Program.Ended ended = tck("show", CLAIM, "--on", KERNEL);
    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("S: pivot_root(\"/new\", \"/new/old\") = 0");
  }

  @Test
  void whyACallFailsIsExplained() throws Exception {
    Path mountinfo = results.resolve("mountinfo");
    Files.writeString(
        mountinfo,
        """
        20 1 0:20 / / rw shared:1 - ext4 /dev/sda1 rw
        21 20 0:21 / /new rw,relatime - tmpfs tmpfs rw
        """);
    Program.Ended ended =
        tck("explain", "--mountinfo", mountinfo.toString(), "pivot_root", "/new", "/new/old");
    assertThat(ended.status()).isZero();
    assertThat(ended.error()).isEmpty();
    assertThat(ended.output())
        .contains("It fails with EINVAL: put_old is on a shared mount", "shared-parent-of-new-root")
        .doesNotContain("\033");
    Program.Ended live = tck("explain", "self", "pivot_root", "/", "/", "--json");
    assertThat(Json.parse(live.output(), JsonNode.class, "output").get("fails").asBoolean())
        .isTrue();
    Program.Ended wrong = tck("explain", "99999999", "pivot_root", "/", "/");
    assertThat(wrong.status()).isEqualTo(Tck.USAGE);
    assertThat(wrong.error()).contains("there is no such process").hasLineCount(1);
  }

  @Test
  void callsByHandAreMadeExplainedUndoneAndKept() throws Exception {
    Path saved = results.resolve("saved");
    Program.Ended ended =
        tckReading(
            """
            S mkdir /a
            S pivot_root /a /new/old
            task P
            S pivot_root /new /new/old
            P getcwd
            undo
            undo
            save %s
            save --c %s.c
            save --claim %s.java
            """
                .formatted(saved, saved, saved),
            "trace",
            "--kernel",
            KERNEL);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.output())
        .contains(
            """
            S: pivot_root("/a", "/new/old") = -1 EBUSY (Device or resource busy)
                because new_root or put_old is on the mount of the root of the caller
                  pivot_root.busy: pivot_root(2), ERRORS, EBUSY
                and then EINVAL: new_root is not a mount point
            """,
            """
            S: pivot_root("/new", "/new/old") = 0
                /
                  /old
            P: getcwd("/", 8192) = 0
                (the tree is as before)
            undone: P: getcwd("/", 8192) = 0
            """,
            """
            undone: S: pivot_root("/new", "/new/old") = 0
                /
                  /new
            """)
        .doesNotContain("\033", "otherwise", "silent");
    assertThat(saved)
        .hasContent(
            """
            # tck trace on vm 7.3
            # stage: namespace
            S: mkdir("/a", 0755) = 0
            S: pivot_root("/a", "/new/old") = -1 EBUSY (Device or resource busy)
            S: clone(0) = P
            """);
    assertThat(results.resolve("saved.c")).content().contains("int main(", "EBUSY");
    assertThat(results.resolve("saved.java"))
        .content()
        .contains("s.pivotRoot(\"/a\", \"/new/old\").fails(Errno.EBUSY);");
    Program.Ended again = tck("trace", "--replay", saved.toString(), "--kernel", KERNEL);
    assertThat(again.status()).isZero();
    assertThat(again.output()).endsWith("S: clone(0) = P\n1 target\n");
  }

  @Test
  void aReplayShowsWhereKernelsDiffer() throws Exception {
    Path script = results.resolve("script");
    Files.writeString(
        script,
        """
        # stage: initramfs
        S mkdir /a
        S mount tmpfs /a
        S mkdir /a/old
        S pivot_root /a /a/old
        """);
    Program.Ended ended = tck("trace", "--replay", script.toString(), "--kernel", "6.1," + KERNEL);
    assertThat(ended.status()).isEqualTo(Tck.DIFFERS);
    assertThat(ended.output())
        .contains("step 4 differs:\n  vm 6.1\n    S: pivot_root(\"/a\", \"/a/old\") = -1 EINVAL")
        .contains("  vm 7.3\n    S: pivot_root(\"/a\", \"/a/old\") = 0\n")
        .endsWith("2 targets, which differ\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "S pivot_rot / /; there is no call pivot_rot; did you mean pivot_root",
        "S umount2 /new MNT_DETATCH; umount2: what is MNT_DETATCH?",
        "X chroot /; there is no task X, only S",
      })
  void aLineThatMeansNothingEndsAScript(String line, String said) throws Exception {
    Program.Ended ended = tckReading("\n" + line + "\nS chroot /\n", "trace", "--kernel", KERNEL);
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error()).startsWith("tck: line 2: " + said).hasLineCount(1);
  }

  @Test
  void pagesAreListed() throws Exception {
    assertThat(tck("list", "pages").output()).contains("pivot_root(2)");
  }

  /** With what the environment lacks or has besides. */
  private Program.Ended with(Map<String, String> environment, String... words) throws Exception {
    List<String> run =
        List.of("run", "--kernel", KERNEL, "--claim", CLAIM, "--results", results.toString());
    List<String> all = new ArrayList<>(run);
    all.addAll(List.of(words));
    return new Program(JAVA, Path.of("."), environment, results).run(all.toArray(String[]::new));
  }

  private static void isToldBriefly(Program.Ended ended, String... said) {
    assertThat(ended.status()).isEqualTo(Tck.NOT_RUN);
    String told = ended.output() + ended.error();
    assertThat(told).contains(said).doesNotContain("\tat ", "Exception");
    assertThat(told.lines()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void withoutQemuItIsSaidWhatToType() throws Exception {
    Path empty = Files.createDirectory(results.resolve("empty"));
    isToldBriefly(
        with(Map.of("PATH", empty.toString())),
        "qemu-system-x86_64 is not on the PATH",
        "apt-get install qemu-system-x86");
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws Exception {
    isToldBriefly(
        with(Map.of("TCK_CACHE", "/proc/cache")),
        "/proc/cache",
        "No such file or directory",
        "TCK_CACHE");
  }

  @Test
  void resultsThatCannotBeWrittenAreSaidBeforeAnythingIsTried() throws Exception {
    Program.Ended ended = tck("run", "--claim", CLAIM, "--results", "/proc/results");
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.error())
        .isEqualTo(
            "tck: results cannot be written to /proc/results: name another folder with"
                + " --results\n");
  }

  @Test
  void interruptedItEndsAtOnceAndLeavesNothing() throws Exception {
    Program program = new Program(JAVA, Path.of("."), Map.of(), results);
    Path error = results.resolve("error.txt");
    Process process =
        program.start(
            new String[] {"run", "--kernel", KERNEL, "--results", results.resolve("r").toString()},
            error);
    while (program.leftRunning().stream().noneMatch(words -> words.contains("qemu-system"))) {
      assertThat(process.isAlive()).as(Files.readString(error)).isTrue();
      Thread.sleep(100); // nothing is told when a machine starts
    }
    // As by Ctrl-C, which who runs in the background is made to ignore.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("ends within two seconds").isTrue();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("interrupted: ");
    assertThat(program.leftRunning()).isEmpty();
    assertThat(results.resolve("r")).isEmptyDirectory();
  }

  @Test
  void twoKernelsAreComparedForALetter() throws Exception {
    Program.Ended ended = tck("compare", "6.19", "7.0", "--results", results.toString());
    assertThat(ended.status()).isEqualTo(Tck.DIFFERS);
    assertThat(ended.output())
        .startsWith("A: vm 6.19\n")
        .contains("\nB: vm 7.0\n", "tried on both", "pivot-not-possible-on-rootfs")
        .doesNotContain("\033");
  }

  @Test
  void theSameKernelAsAFileAndOnRecordDoesTheSame() throws Exception {
    Path image =
        KeptKernels.of(Kind.BZ_IMAGE, Cache.ofHost()).stream()
            .filter(kernel -> kernel.series().equals(KERNEL))
            .findFirst()
            .orElseThrow()
            .path();
    Program.Ended ended =
        tck(
            "compare",
            KERNEL,
            image.toString(),
            "--claim",
            CLAIM,
            "--json",
            "--results",
            results.resolve("r").toString());
    assertThat(ended.status()).isZero();
    assertThat(Json.parse(ended.output(), JsonNode.class, "output").get("tried").asInt())
        .isEqualTo(1);
  }

  @Test
  void nothingIsPutOnRecordThatNobodyAgreedTo() throws Exception {
    assertThat(run("--claim", CLAIM).status()).isZero();
    Path observed = results.resolve("observed");
    Program.Ended ended =
        tck("accept", "--results", results.toString(), "--observed", observed.toString());
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.output())
        .contains("1 not on record", "tck accept --yes", "Nothing was written");
    assertThat(observed).doesNotExist();
    ended =
        tck("accept", "--yes", "--results", results.toString(), "--observed", observed.toString());
    assertThat(ended.status()).isZero();
    assertThat(observed.resolve("pivot_root.2/" + CLAIM + ".json")).exists();
    assertThat(observed.resolve("durations.csv")).content().contains("any," + CLAIM + ",");
  }
}
