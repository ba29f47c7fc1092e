package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.transcript.Strace;

/**
 * What decided that a claim is not upheld.
 *
 * @param event index of the event that did; null where it was none
 * @param text how that contradicts the claim, or what contradicts it, is lacking or broke
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(Integer event, String text) {

  /** A decision that no single event made. */
  public static Decision of(String text) {
    return new Decision(null, text);
  }

  /** In words. */
  public String in(List<Event> events) {
    return event == null ? text : Strace.of(events.get(event)) + " " + text;
  }
}
