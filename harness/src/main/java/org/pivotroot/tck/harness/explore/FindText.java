package org.pivotroot.tck.harness.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.Names;
import org.pivotroot.tck.model.look.View;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.State;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.transcript.Strace;

/** A find for people. */
public final class FindText {
  private FindText() {}

  /** The acts with what came of them, as far as they went. */
  public static List<String> acts(Find find) {
    List<String> lines = new ArrayList<>();
    List<Event> events =
        find.events().isEmpty()
            ? find.scenario().acts()
            : find.events().subList(Opening.EVENTS.size(), find.events().size());
    for (Event event : events) {
      if (!(event instanceof Event.Looked) && lines.size() <= find.act()) {
        lines.add(Strace.of(event));
      }
    }
    return lines;
  }

  /** All of it. */
  static String of(Find find) {
    StringBuilder text = new StringBuilder();
    text.append(find.cause()).append("\n\n");
    text.append("On ").append(find.target()).append(" (").append(find.release()).append("), ");
    text.append("scenario ").append(find.scenario().id()).append(", after its opening:\n");
    for (Event event : Opening.EVENTS) {
      text.append("    ").append(Strace.of(event)).append('\n');
    }
    text.append("\nThe acts:\n");
    acts(find).forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("\nThe specification says: ").append(find.predicted()).append('\n');
    find.reasons().forEach(reason -> text.append("    ").append(reason).append('\n'));
    text.append("\nThe target did: ").append(find.seen()).append('\n');
    if (!find.events().isEmpty()) {
      views(text, "Before the last act, on the target", seen(find, find.act()));
      views(text, "After it, on the target", seen(find, find.act() + 1));
      Course course = Course.of(Kernel.of(find.release()), find.scenario());
      views(text, "After it, by the specification", foretold(course.moments().get(find.act())));
    }
    return text.toString();
  }

  private static void views(StringBuilder text, String title, Map<String, View> views) {
    Names names = new Names();
    text.append('\n').append(title).append(":\n");
    views.forEach(
        (task, view) -> {
          View named = names.of(view);
          text.append("    ").append(task).append(": ").append(named).append('\n');
          if (!named.tree().equals(named.mounts())) {
            text.append("    its namespace:").append(named.tree()).append('\n');
          }
        });
  }

  /** What each task showed last after so many acts. */
  private static Map<String, View> seen(Find find, int acts) {
    Map<String, View> views = new LinkedHashMap<>();
    int done = 0;
    for (Event event : find.events().subList(Opening.EVENTS.size(), find.events().size())) {
      if (!(event instanceof Event.Looked looked)) {
        done++;
        if (done > acts) {
          break;
        }
        views.clear();
      } else if (looked.sight() instanceof Sight.Whole whole) {
        views.put(looked.task(), whole.value());
      }
    }
    return views;
  }

  private static Map<String, View> foretold(Course.Moment moment) {
    State state = moment.state();
    Map<String, View> views = new LinkedHashMap<>();
    state.taskNames().forEach(task -> views.put(task, Specification.look(state, task).view()));
    return views;
  }
}
