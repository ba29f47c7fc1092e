package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompletionTest {
  private static String completion(String shell) {
    StringWriter out = new StringWriter();
    CommandLine tck = Tck.commandLine().setOut(new PrintWriter(out));
    assertThat(tck.execute("completion", shell)).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyCommandIsCompleted(String shell) {
    List<String> shown =
        Tck.commandLine().getSubcommands().entrySet().stream()
            .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(completion(shell)).contains(shown);
  }

  @Test
  void everyCommandHelps() {
    assertThat(helpless(Tck.commandLine())).isEmpty();
  }

  private static List<String> helpless(CommandLine command) {
    return Stream.concat(
            Stream.of(command)
                .filter(one -> one.getCommandSpec().findOption("--help") == null)
                .map(one -> one.getCommandSpec().qualifiedName()),
            command.getSubcommands().values().stream().flatMap(one -> helpless(one).stream()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void claimsAreCompleted(String shell) {
    assertThat(completion(shell)).contains("cwd-at-old-root-moves");
  }

  @Test
  void fishIsToldOfOptionsWhereTheyCount() {
    assertThat(completion("fish"))
        .contains("complete -c tck -n '__fish_seen_subcommand_from run' -s k -l kernel -r -d ")
        .contains("complete -c tck -n '__fish_seen_subcommand_from show' -f -a '")
        .contains("guest\\'s userland");
  }

  @Test
  void zshCompletesTheFirstTimeToo() {
    assertThat(completion("zsh")).startsWith("#compdef tck\n").endsWith("-F _complete_tck\n");
  }
}
