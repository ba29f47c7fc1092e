package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FarmCommandTest {
  private static String farm(String... words) {
    StringWriter out = new StringWriter();
    String[] all = new String[words.length + 1];
    all[0] = "farm";
    System.arraycopy(words, 0, all, 1, words.length);
    assertThat(Tck.commandLine().setOut(new PrintWriter(out)).execute(all)).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"github", "gitlab", "lava", "slurm"})
  void everyMachineIsGivenTheOptionsQuoted(String name) {
    assertThat(farm(name, "--shards", "3", "--", "--kernel", "6.1", "--claim", "cwd-*"))
        .contains(" run ", "3", "--kernel 6.1 --claim 'cwd-*'")
        .doesNotContainPattern("@[A-Z]+@");
  }

  @Test
  void shardsAreListedWhereAFarmWantsThatAndCountedElsewhere() {
    assertThat(farm("github", "--shards", "3")).contains("shard: [1, 2, 3]");
    assertThat(farm("gitlab", "--shards", "3")).contains("parallel: 3");
    assertThat(farm("slurm", "--shards", "3")).contains("--array=1-3");
  }

  @Test
  void aCheckoutsProgramIsCalledByItsPath() {
    assertThat(farm("gitlab")).contains("- ./tck run");
    assertThat(farm("slurm", "--program", "/opt/tck")).contains("exec /opt/tck run");
  }
}
