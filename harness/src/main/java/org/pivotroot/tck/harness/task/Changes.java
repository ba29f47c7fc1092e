package org.pivotroot.tck.harness.task;

import java.util.List;
import java.util.StringJoiner;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.model.look.View;

/** What differs between two looks at the same tasks, in words. */
final class Changes {
  private Changes() {}

  /** What differs; empty if nothing does. */
  static String between(List<Reply.TaskSurvey> before, List<Reply.TaskSurvey> after) {
    StringJoiner changes = new StringJoiner(", ");
    for (int i = 0; i < before.size(); i++) {
      String task = before.get(i).task();
      View was = Answer.view(before.get(i));
      View is = Answer.view(after.get(i));
      note(changes, "root of " + task, was.root(), is.root());
      note(changes, "cwd of " + task, was.cwd(), is.cwd());
      note(changes, "namespace of " + task, was.namespace(), is.namespace());
      note(changes, "mounts of " + task, was.mounts(), is.mounts());
      note(changes, "mount tree around " + task, was.tree(), is.tree());
    }
    return changes.toString();
  }

  private static void note(StringJoiner changes, String what, Object was, Object is) {
    if (!was.equals(is)) {
      changes.add(what);
    }
  }
}
