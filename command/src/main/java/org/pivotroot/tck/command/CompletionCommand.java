package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell to complete the program's words. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print what makes a shell complete the words of tck. A package installs it; else for bash:",
      "  tck completion bash >~/.local/share/bash-completion/completions/tck",
      "for zsh, in a folder of $fpath, to a file _tck; and for fish:",
      "  tck completion fish >~/.config/fish/completions/tck.fish",
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that there is something for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String bash = AutoComplete.bash("tck", spec.root().commandLine());
    out.print(
        switch (shell) {
          case bash -> bash;
          case zsh -> inZsh(bash);
          case fish -> FishCompletion.of(spec.root());
        });
    out.flush();
    return 0;
  }

  /**
   * Zsh has a layer for what is written for bash, though without compopt. A file of $fpath is run
   * when a word is to be completed for the first time, so it must do that too.
   */
  private static String inZsh(String bash) {
    return "#compdef tck\n\nautoload -U +X bashcompinit && bashcompinit\n"
        + "whence compopt >/dev/null || compopt() { : }\n\n"
        + bash
        + "\n_bash_complete -o default -F _complete_tck\n";
  }
}
