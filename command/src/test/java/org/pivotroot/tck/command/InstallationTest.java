package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstallationTest {
  private static final Path HOME = Path.of("/home/me");
  private static final Path STATE = Path.of("/home/me/.local/state/pivot-root-tck");

  @Test
  void whatAnInstalledProgramWritesIsNotBesideIt() {
    Installation installed = new Installation(Path.of("/usr/share/pivot-root-tck"), false, STATE);
    assertThat(installed.observed()).hasToString("/usr/share/pivot-root-tck/observed");
    assertThat(installed.results()).isEqualTo(STATE.resolve("results"));
    assertThat(installed.output()).isEqualTo(STATE);
  }

  @Test
  void aCheckoutHasItAll() {
    Installation checkout = new Installation(Path.of("/src/tck"), true, STATE);
    assertThat(checkout.observed()).hasToString("/src/tck/reports/observed");
    assertThat(checkout.results()).hasToString("/src/tck/reports/target/results");
  }

  @Test
  void stateIsWhereTheEnvironmentSaysIfThatIsAbsolute() {
    assertThat(Installation.state("/var/state", HOME)).hasToString("/var/state/pivot-root-tck");
    assertThat(Installation.state("state", HOME)).isEqualTo(STATE);
    assertThat(Installation.state("", HOME)).isEqualTo(STATE);
    assertThat(Installation.state(null, HOME)).isEqualTo(STATE);
  }
}
