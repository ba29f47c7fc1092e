package org.pivotroot.tck.harness.explore;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.transcript.Strace;

/** The beginnings of a claim that says what a find shows; its words are for people to find. */
public final class ClaimSkeleton {
  private ClaimSkeleton() {}

  /** The method, in Java. */
  public static String of(Find find) {
    StringBuilder text = new StringBuilder();
    text.append("  // ").append(find.cause()).append('\n');
    text.append("  @Claim(\n      id = \"\",\n      section = \"\",\n      says = \"\",\n");
    text.append("      catches = \"\")\n  void found(Stage stage) {\n");
    text.append("    Task s = stage.task(\"").append(Opening.TASK).append("\");\n");
    Opening.CALLS.forEach(call -> statement(text, "s", call, ".succeeds()"));
    List<Event> acts =
        find.events().isEmpty()
            ? find.scenario().acts()
            : find.events().stream()
                .skip(Opening.EVENTS.size())
                .filter(event -> !(event instanceof Event.Looked))
                .toList();
    for (Event act : acts.subList(0, Math.min(acts.size(), find.act() + 1))) {
      act(text, act);
    }
    return text.append("  }\n").toString();
  }

  private static void act(StringBuilder text, Event act) {
    if (act instanceof Event.Started started) {
      boolean shares = started.how() == Event.How.THREAD_SHARING_FS;
      text.append("    Task ").append(name(started.other())).append(" = ");
      text.append(name(started.task())).append(shares ? ".forkSharingFs(\"" : ".fork(\"");
      text.append(started.other()).append("\");\n");
    } else if (act instanceof Event.Ended ended) {
      text.append("    ").append(name(ended.task())).append(".exit();\n");
    } else if (act instanceof Event.Called called) {
      statement(text, name(called.task()), called.call(), outcome(called.result()));
    }
  }

  private static String name(String task) {
    return task.toLowerCase(Locale.ROOT);
  }

  private static String outcome(Result result) {
    if (result instanceof Result.Failed failed) {
      return Errno.of(failed.errno())
          .map(errno -> ".fails(Errno." + errno + ")")
          .orElse(".fails()");
    }
    return ".succeeds()";
  }

  private static void statement(StringBuilder text, String task, Call call, String outcome) {
    boolean ofPaths = call.arguments().stream().allMatch(Value.Text.class::isInstance);
    text.append("    ");
    if (ofPaths && call.callee() != Syscall.MOUNT) {
      text.append(task).append('.').append(camel(call.callee().title())).append('(');
      text.append(
          call.arguments().stream()
              .map(value -> "\"" + ((Value.Text) value).text() + "\"")
              .collect(joining(", ")));
      text.append(')').append(outcome).append(";\n");
    } else {
      text.append("// ").append(task).append(": ").append(Strace.call(call));
      text.append(' ').append(outcome).append('\n');
    }
  }

  private static String camel(String title) {
    StringBuilder camel = new StringBuilder();
    for (String word : title.split("_", -1)) {
      camel.append(
          camel.length() == 0
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }
}
