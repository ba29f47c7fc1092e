package org.pivotroot.tck.harness.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;

/** What can be typed next. */
final class Completion {
  private Completion() {}

  static List<String> of(Session session, List<String> formats, List<String> before) {
    List<String> words = before.stream().map(word -> word.replaceAll(":$", "")).toList();
    if (words.isEmpty()) {
      return Stream.concat(session.tasks().stream(), Dialogue.COMMANDS.stream()).toList();
    }
    if (words.get(0).equals("save")) {
      return formats;
    }
    if (!session.tasks().contains(words.get(0))) {
      return words.get(0).equals("tree") ? session.tasks() : List.of();
    }
    if (words.size() == 1) {
      return Stream.concat(
              Stream.of("exit", "process", "tree"), Callee.BY_TITLE.keySet().stream().sorted())
          .toList();
    }
    Callee callee = Callee.BY_TITLE.get(words.get(1));
    return callee == null ? List.of() : arguments(session, callee);
  }

  /** Flags of the call, paths that were named, mount points, and what is open. */
  private static List<String> arguments(Session session, Callee callee) {
    Set<String> all = new LinkedHashSet<>();
    boolean takesPath = false;
    for (Parameter parameter : callee.parameters()) {
      takesPath |= parameter.kind() == Parameter.Kind.PATH;
      if (parameter.kind() == Parameter.Kind.DESCRIPTOR
          || parameter.kind() == Parameter.Kind.DIRECTORY) {
        all.addAll(opened(session));
      }
      parameter.flags().stream()
          .flatMap(type -> Stream.of(type.getEnumConstants()))
          .map(Flag::name)
          .forEach(all::add);
    }
    if (takesPath) {
      all.addAll(paths(session));
    }
    return List.copyOf(all);
  }

  private static List<String> opened(Session session) {
    List<String> opened = new ArrayList<>();
    for (Played step : session.steps()) {
      if (step.event() instanceof Event.Called called
          && called.result() instanceof Result.Opened one) {
        opened.add("fd#" + one.descriptor());
      }
    }
    return opened;
  }

  private static Set<String> paths(Session session) {
    Set<String> paths = new LinkedHashSet<>();
    String tree = session.beginning();
    for (Played step : session.steps()) {
      tree = step.tree();
      if (step.act() instanceof Act.Calls calls) {
        for (Value value : calls.call().arguments()) {
          if (value instanceof Value.Text text && text.text().startsWith("/")) {
            paths.add(text.text());
          }
        }
      }
    }
    tree.lines().map(line -> line.strip().replaceFirst(" .*", "")).forEach(paths::add);
    paths.add("/new/old");
    return paths;
  }
}
