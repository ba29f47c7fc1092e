package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.pivotroot.tck.harness.target.Guest;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** One claim being tried in one guest: its transcript, its facts, and what it has opened. */
final class Trial {
  final Guest guest;
  final Names names = new Names();
  final List<String> transcript = new ArrayList<>();
  final SortedMap<String, String> facts = new TreeMap<>();

  /** The open ones of the agent. */
  final List<Long> descriptors = new ArrayList<>();

  /** How many had a name so far. */
  int descriptorNumber;

  /** Every descriptor by the path that leads to it, the latest of a number. */
  final Map<String, Descriptor> opened = new LinkedHashMap<>();

  final Map<String, Task> tasks = new LinkedHashMap<>();
  private Outcome<?> last;

  Trial(Guest guest) {
    this.guest = guest;
  }

  /** Every call comes through here once it is made. */
  <T> Outcome<T> made(Outcome<T> outcome) {
    transcript.add(outcome.line());
    last = outcome;
    return outcome;
  }

  /**
   * A path as it stands in transcripts: where it goes through a descriptor, the descriptor's stable
   * name stands for its number.
   */
  String withDescriptorNames(String path) {
    for (Map.Entry<String, Descriptor> entry : opened.entrySet()) {
      String prefix = entry.getKey();
      if (path.equals(prefix) || path.startsWith(prefix + "/")) {
        return entry.getValue().stablePath() + path.substring(prefix.length());
      }
    }
    return path;
  }

  /** Before anything new is done or concluded: a failure that nobody asked about ends the trial. */
  void settle() {
    if (last != null && last.isUnexaminedFailure()) {
      throw broken(last);
    }
  }

  BrokenTrialException broken(Outcome<?> failure) {
    return new BrokenTrialException("preparation failed: " + failure.line());
  }

  Map<String, View> survey(Iterable<String> of) {
    List<String> wanted = new ArrayList<>();
    of.forEach(wanted::add);
    return views(guest.ask(new Request.Survey(wanted), Reply.Surveys.class).tasks());
  }

  static Map<String, View> views(List<Reply.TaskSurvey> surveys) {
    Map<String, View> views = new LinkedHashMap<>();
    surveys.forEach(survey -> views.put(survey.task(), View.of(survey)));
    return views;
  }

  /** What differs between two surveys, in words; empty if nothing does. */
  static String changes(Map<String, View> before, Map<String, View> after) {
    StringJoiner changes = new StringJoiner(", ");
    before.forEach(
        (task, was) -> {
          View is = after.get(task);
          note(changes, "root of " + task, was.root(), is.root());
          note(changes, "cwd of " + task, was.cwd(), is.cwd());
          note(changes, "namespace of " + task, was.namespace(), is.namespace());
          note(changes, "mounts of " + task, was.mounts(), is.mounts());
          note(changes, "mount tree around " + task, was.tree(), is.tree());
        });
    return changes.toString();
  }

  private static void note(StringJoiner changes, String what, Object was, Object is) {
    if (!was.equals(is)) {
      changes.add(what);
    }
  }
}
