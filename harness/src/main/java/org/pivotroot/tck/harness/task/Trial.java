package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.GuestLostException;
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
  private final List<Waiting<?>> waiting = new ArrayList<>();
  private Outcome<?> last;

  Trial(Guest guest) {
    this.guest = guest;
  }

  /**
   * What is still to be asked of the guest.
   *
   * @param unfinished how the transcript shows it if no answer comes
   */
  private record Waiting<R extends Reply>(
      Request request, String unfinished, Class<R> type, Consumer<R> then) {
    void answered(Reply reply) {
      then.accept(Guest.answer(request, reply, type));
    }
  }

  /**
   * Asks the guest for something when an answer is next needed, of this or of what is asked later:
   * what needs no answer in between travels together. If one of them fails those after it are not
   * done, and the trial is broken.
   *
   * @param unfinished how the transcript shows it if no answer comes
   * @param then takes the answer
   */
  <R extends Reply> void askLater(
      Request request, String unfinished, Class<R> type, Consumer<R> then) {
    if (waiting.isEmpty()) {
      examineLast();
    }
    waiting.add(new Waiting<>(request, unfinished, type, then));
  }

  /** Asks the guest for something, after all that waits, and waits for the answer. */
  <R extends Reply> R ask(Request request, String unfinished, Class<R> type) {
    List<R> answers = new ArrayList<>();
    askLater(request, unfinished, type, answers::add);
    makeWaitingCalls();
    return answers.get(0);
  }

  /** Has everything done that waits. */
  void makeWaitingCalls() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Waiting<?>> sent = List.copyOf(waiting);
    waiting.clear();
    List<Reply> replies;
    try {
      replies = guest.askInOrder(sent.stream().<Request>map(Waiting::request).toList());
    } catch (GuestLostException e) {
      sent.forEach(one -> transcript.add(one.unfinished() + " = ?"));
      throw e;
    }
    for (int i = 0; i < replies.size(); i++) {
      sent.get(i).answered(replies.get(i));
    }
    if (replies.size() < sent.size()) {
      throw broken(last);
    }
  }

  /** Every call comes through here once it is made. */
  <T> void made(Outcome<T> outcome, Outcome.Known<T> known) {
    outcome.becomes(known);
    transcript.add(known.line());
    last = outcome;
  }

  /** Something that always works was looked at. */
  <T> Outcome<T> seen(String line, T value) {
    Outcome<T> outcome = new Outcome<>(this);
    made(outcome, new Outcome.Known<>(line, value, null, ""));
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
    makeWaitingCalls();
    examineLast();
  }

  private void examineLast() {
    if (last != null && last.isUnexaminedFailure()) {
      throw broken(last);
    }
  }

  BrokenTrialException broken(Outcome<?> failure) {
    return new BrokenTrialException("preparation failed: " + failure.line());
  }

  /** Looks at one task from outside. */
  void surveyLater(String task, Consumer<View> then) {
    askLater(
        new Request.Survey(List.of(task)),
        "# look at " + task,
        Reply.Surveys.class,
        surveys -> then.accept(View.of(surveys.tasks().get(0))));
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
