package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.pivotroot.tck.model.json.Json;
import tools.jackson.databind.JsonNode;

/** The packaged program as a process: what it prints, its status, what it leaves behind. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TckIT {
  private static final String CLAIM = "cwd-at-old-root-moves";
  private static final String KERNEL = "7.3";

  @TempDir Path results;

  private Program.Ended tck(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dtck.home=..",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-jar",
            "target/tck.jar");
    return new Program(command, Path.of("."), Map.of(), results).run(arguments);
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
      Ended ended = explore("--count", String.valueOf(count));
      assertThat(ended.error()).isEmpty();
      assertThat(ended.output())
          .contains("vm 7.3: " + count + " scenarios", "all as the specification says");
      assertThat(ended.status()).isZero();
    }
    Ended ended = explore("--count", "100");
    assertThat(ended.output()).contains("vm 7.3: 100 scenarios");
  }

  @ParameterizedTest
  @CsvSource({"--for, 10x, 10x is no time such as", "--target, ulm, did you mean uml"})
  void anExplorationSaysWhatIsWrong(String option, String value, String said) throws Exception {
    Ended ended = explore(option, value);
    assertThat(ended.status()).isEqualTo(Tck.USAGE);
    assertThat(ended.error()).startsWith("tck: ").contains(said);
  }

  private Ended explore(String... more) throws IOException, InterruptedException {
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
  void pagesAreListed() throws Exception {
    assertThat(tck("list", "pages").output()).contains("pivot_root(2)");
  }
}
