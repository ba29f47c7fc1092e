package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTest {
  @Test
  void isKeptWhole() {
    Console console = new Console("saved\r\n");
    console.add("more\r\n");
    assertThat(console.text()).isEqualTo("saved\nmore\n");
  }

  @Test
  void ofALotTheFirstAndTheLastPartAreKept() {
    Console console = new Console("first\n");
    String line = "noise ".repeat(100) + "\n";
    for (int i = 0; i < 100_000; i++) {
      console.add(line);
    }
    console.add("last");
    assertThat(console.text())
        .startsWith("first\n")
        .endsWith("noise \nlast")
        .containsPattern("\n\\(\\d+ characters were left out here\\)\n")
        .hasSizeLessThan(Console.HEAD + 2 * Console.TAIL + 100);
    int left =
        Integer.parseInt(
            console.text().replaceFirst("(?s).*\n\\((\\d+) characters were left.*", "$1"));
    String gap = "\n(" + left + " characters were left out here)\n";
    assertThat(console.text().length() - gap.length() + left)
        .isEqualTo("first\n".length() + 100_000 * line.length() + "last".length());
  }
}
