package org.pivotroot.tck.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The words of a program as fish takes them: a line for each command and each option. */
final class FishCompletion {
  private final String program;
  private final StringBuilder text = new StringBuilder();

  private FishCompletion(String program) {
    this.program = program;
  }

  /** What fish is to read. */
  static String of(CommandSpec root) {
    FishCompletion fish = new FishCompletion(root.name());
    fish.add(root, List.of());
    return fish.text.toString();
  }

  private void add(CommandSpec command, List<String> words) {
    Map<String, CommandLine> below = command.subcommands();
    String here = words.stream().map(FishCompletion::seen).collect(Collectors.joining("; and "));
    String after =
        (words.isEmpty() ? "" : here + "; and ")
            + "not __fish_seen_subcommand_from "
            + String.join(" ", below.keySet());
    below.forEach(
        (name, line) -> {
          if (!line.getCommandSpec().usageMessage().hidden()) {
            line(after, "-f -a " + name, description(line.getCommandSpec()));
          }
        });
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        line(here, names(option) + takes(option), first(option.description()));
      }
    }
    command.positionalParameters().stream()
        .filter(parameter -> parameter.completionCandidates() != null)
        .forEach(parameter -> line(here, "-f" + candidates(parameter), parameter.paramLabel()));
    below.forEach((name, line) -> add(line.getCommandSpec(), append(words, name)));
  }

  private static List<String> append(List<String> words, String word) {
    return Stream.concat(words.stream(), Stream.of(word)).toList();
  }

  private static String seen(String word) {
    return "__fish_seen_subcommand_from " + word;
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String takes(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.completionCandidates() == null ? " -r" : " -x" + candidates(option);
  }

  private static String candidates(ArgSpec argument) {
    return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
        .collect(Collectors.joining(" ", " -a " + "'", "'"));
  }

  private void line(String condition, String what, String description) {
    text.append("complete -c ").append(program);
    if (!condition.isEmpty()) {
      text.append(" -n ").append(quoted(condition));
    }
    text.append(' ').append(what).append(" -d ").append(quoted(description)).append('\n');
  }

  private static String description(CommandSpec command) {
    return first(command.usageMessage().description());
  }

  private static String first(String[] description) {
    return description.length == 0 ? "" : description[0].replaceAll("%n.*", "");
  }

  private static String quoted(String words) {
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
