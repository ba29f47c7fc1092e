package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.GuestLostException;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.transcript.Strace;

/** What a trial asks of its guest, in order, and which of it has been answered. */
final class Steps {
  /** What glibc writes when something in it is not as it should be. */
  private static final String ABORT = "Fatal glibc error";

  private final Guest guest;
  private final List<Event> events;
  private final List<Step<?>> waiting = new ArrayList<>();
  private Step<?> last;

  /**
   * Nothing asked yet.
   *
   * @param events of the trial, in which each step has its place
   */
  Steps(Guest guest, List<Event> events) {
    this.guest = guest;
    this.events = events;
  }

  /** Asks for something that brings nothing and cannot fail. */
  <R extends Reply> void quietly(
      Request request, Event unfinished, Class<R> type, Consumer<R> then) {
    this.<Void, R>askLater(
        request,
        unfinished,
        type,
        (step, reply) -> {
          then.accept(reply);
          step.succeeded(null);
        });
  }

  /**
   * Asks the guest for something when an answer is next needed, of this or of what is asked later:
   * what needs no answer in between travels together. If one of them fails those after it are not
   * done, and the trial is broken.
   */
  <T, R extends Reply> Step<T> askLater(
      Request request, Event unfinished, Class<R> type, BiConsumer<Step<T>, R> then) {
    if (waiting.isEmpty()) {
      examineLast();
    }
    Step<T> step = new Step<>(request, unfinished, type, then);
    waiting.add(step);
    return step;
  }

  /** Asks the guest for something, after all that waits, and waits for the answer. */
  <R extends Reply> R ask(Request request, String what, Class<R> type) {
    Step<R> step = askLater(request, new Event.Noted(what), type, Step::succeeded);
    makeWaiting();
    return step.value();
  }

  /** Has everything done that waits. */
  void makeWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Step<?>> sent = List.copyOf(waiting);
    waiting.clear();
    List<Reply> replies;
    try {
      replies = guest.askInOrder(sent.stream().<Request>map(Step::request).toList());
    } catch (GuestLostException e) {
      sent.forEach(step -> events.add(step.unfinished()));
      throw isAbortOfLibrary(e) ? abort() : e;
    }
    for (int i = 0; i < replies.size(); i++) {
      sent.get(i).answered(replies.get(i));
    }
    if (replies.size() < sent.size()) {
      throw broken(last);
    }
  }

  /** The library ends the process that calls it, which is the agent, and so the guest. */
  private boolean isAbortOfLibrary(GuestLostException e) {
    return String.valueOf(e.getMessage()).contains(ABORT) && libraryCall() != -1;
  }

  private ContradictionException abort() {
    Decision decision = new Decision(libraryCall(), "where the C library must not abort");
    return new ContradictionException(decision, decision.in(events), true);
  }

  /** The last call of a library function; -1 if there was none. */
  private int libraryCall() {
    int event = events.size() - 1;
    while (event >= 0
        && !(events.get(event) instanceof Event.Called called
            && called.call().callee() instanceof LibraryFunction)) {
      event--;
    }
    return event;
  }

  /** Puts something among the events that may decide the claim. */
  void record(Step<?> step, Event event) {
    step.is(events.size());
    events.add(event);
    last = step;
  }

  /** Before anything new is done or concluded: a failure that nobody asked about ends the trial. */
  void settle() {
    makeWaiting();
    examineLast();
  }

  private void examineLast() {
    if (last != null && last.isUnexaminedFailure()) {
      throw broken(last);
    }
  }

  String line(Step<?> step) {
    return Strace.of(events.get(step.event()));
  }

  BrokenTrialException broken(Step<?> failure) {
    return new BrokenTrialException("preparation failed: " + line(failure));
  }
}
