package org.pivotroot.tck.harness.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.transcript.Strace;

/**
 * A step of a session.
 *
 * @param act what was asked for
 * @param event what came of it
 * @param tree the mounts around the task afterwards, drawn; empty if it has none any more
 * @param opinion what the specification says of it
 */
public record Played(Act act, Event event, String tree, Foretelling.Opinion opinion) {
  private static final String INDENT = "    ";

  /** What happened, as a transcript has it. */
  public String line() {
    return event instanceof Event.Looked ? "# tree of " + act.task() : Strace.of(event);
  }

  /** Why it failed, and what the specification says otherwise, a line each. */
  List<String> because() {
    List<String> lines = new ArrayList<>();
    String verb = "because ";
    for (Rule rule : opinion.refusing()) {
      lines.add(INDENT + verb + errnos(verb, rule) + rule.says());
      lines.add(INDENT + "  " + rule.id() + ": " + rule.cites());
      verb = "and then ";
    }
    if (!opinion.otherwise().isEmpty()) {
      lines.add(INDENT + "the specification says otherwise: " + opinion.otherwise());
    }
    return lines;
  }

  /** The first one's error is seen. */
  private static String errnos(String verb, Rule rule) {
    return verb.startsWith("because")
        ? ""
        : rule.errnos().stream().map(Errno::name).sorted().collect(Collectors.joining(" or "))
            + ": ";
  }

  /** The tree, indented. */
  List<String> treeLines() {
    return tree.lines().map(line -> INDENT + line).toList();
  }
}
