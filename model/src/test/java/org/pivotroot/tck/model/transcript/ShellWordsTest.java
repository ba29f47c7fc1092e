package org.pivotroot.tck.model.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void wordsThatNeedNoQuotesHaveNone() {
    assertThat(ShellWords.of(List.of("mount", "--bind", "/new", "/a_b,c@d")))
        .isEqualTo("mount --bind /new /a_b,c@d");
  }

  @Test
  void aShellWouldReadTheSameWords() throws Exception {
    List<String> words =
        List.of("printf", "%s.", "", "it's", "a  b", "$HOME;`id`", "two\nlines", "=", "&", "\\");
    Process shell = new ProcessBuilder("sh", "-c", ShellWords.of(words)).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(".it's.a  b.$HOME;`id`.two\nlines.=.&.\\.");
  }
}
