package org.pivotroot.tck.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commands =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(arguments);
  }

  @Test
  void listsEverySeries() {
    assertThat(run("kernels", "list", "--locked")).isZero();
    assertThat(out.toString().lines()).hasSize(16).first().asString().startsWith("5.10 ");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws Exception {
    Path file = Files.writeString(temporary.resolve("notes"), "no kernel");
    assertThat(run("kernels", "fetch", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(file + " is not a kernel image");
  }

  @Test
  void updatesNothingWhereThereIsNoPlaceForTheLockFile() {
    Path file = temporary.resolve("none/lock.json");
    assertThat(run("kernels", "update", "--lock", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no folder " + file.getParent());
  }
}
