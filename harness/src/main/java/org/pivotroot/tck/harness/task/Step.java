package org.pivotroot.tck.harness.task;

import java.util.function.BiConsumer;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;

/**
 * Something that is asked of the guest, and what came of it.
 *
 * @param <T> what it brings
 */
final class Step<T> {
  private final Request request;
  private final Event unfinished;
  private final BiConsumer<Step<T>, Reply> then;
  private boolean made;
  private int event;
  private T value;
  private Result.Failed failure;
  private String trace = "";
  private boolean examined;

  /**
   * A step that is not made yet.
   *
   * @param unfinished how it stands among the events if no answer comes
   * @param type of the answer
   * @param then takes the answer, and makes or fails this step
   */
  <R extends Reply> Step(
      Request request, Event unfinished, Class<R> type, BiConsumer<Step<T>, R> then) {
    this.request = request;
    this.unfinished = unfinished;
    this.then = (step, reply) -> then.accept(step, Guest.answer(request, reply, type));
  }

  Request request() {
    return request;
  }

  Event unfinished() {
    return unfinished;
  }

  void answered(Reply reply) {
    then.accept(this, reply);
  }

  /** It worked and brought this. */
  void succeeded(T brought) {
    made = true;
    value = brought;
  }

  /**
   * It failed.
   *
   * @param changed what it has changed all the same, in words; empty if nothing
   */
  void failed(Result.Failed how, String changed) {
    made = true;
    failure = how;
    trace = changed;
  }

  /** It is this one of the trial's events. */
  void is(int eventIndex) {
    event = eventIndex;
  }

  boolean isMade() {
    return made;
  }

  int event() {
    return event;
  }

  /** What it brought; null if it failed, or brings nothing. */
  T value() {
    return value;
  }

  /** How it failed; null if it did not. */
  Result.Failed failure() {
    return failure;
  }

  String trace() {
    return trace;
  }

  /** The claim says what must come of it. */
  void examine() {
    examined = true;
  }

  boolean isUnexaminedFailure() {
    return failure != null && !examined;
  }
}
