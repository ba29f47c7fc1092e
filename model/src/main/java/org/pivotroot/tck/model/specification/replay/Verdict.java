package org.pivotroot.tck.model.specification.replay;

import org.pivotroot.tck.model.event.Event;

/** What came of holding a recording against the specification. Events are counted from 1. */
public sealed interface Verdict {

  /**
   * All that the specification speaks of is as it says.
   *
   * @param events how many there are
   * @param judged how many of them it speaks of
   */
  record Agrees(int events, int judged) implements Verdict {}

  /** It does not speak of an event that may have changed something. */
  record CannotExpress(int number, Event event, String because) implements Verdict {}

  /**
   * Something else happened than it says.
   *
   * @param predicted what it says
   * @param recorded what happened
   */
  record Differs(int number, Event event, String predicted, String recorded) implements Verdict {}
}
