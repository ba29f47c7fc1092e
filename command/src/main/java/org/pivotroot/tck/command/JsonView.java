package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.Verdict;

/** A run for programs: an object on each line, whose property {@code event} tells what it is. */
final class JsonView implements RunView {
  private final PrintWriter out;
  private boolean differs;
  private boolean broke;

  JsonView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void see(Progress.Event event) {
    Map<String, Object> line = new LinkedHashMap<>();
    if (event instanceof Progress.Planned planned) {
      line.put("event", "planned");
      line.put(
          "targets",
          planned.plans().stream()
              .map(plan -> Map.of("target", plan.target(), "claims", plan.claims().size()))
              .toList());
    } else if (event instanceof Progress.Unavailable one) {
      line.put("event", "unavailable");
      line.put("target", one.name());
      line.put("reason", one.reason());
    } else if (event instanceof Progress.Busy busy) {
      line.put("event", "busy");
      line.put("target", busy.target());
      line.put("with", busy.with());
    } else if (event instanceof Progress.Tried tried) {
      line.put("event", "tried");
      line.put("target", tried.target().name());
      line.put("claim", tried.observation().id());
      line.put("verdict", tried.observation().verdict().word());
      line.put("expected", tried.asExpected());
      tried.difference().ifPresent(difference -> line.put("differs", difference.kind().words()));
      broke |= tried.observation().verdict() == Verdict.INCONCLUSIVE;
      differs |= !tried.asExpected();
    }
    out.print(Json.text(line, 0));
    out.flush();
  }

  @Override
  public synchronized void interrupted() {
    out.print(Json.text(Map.of("event", "interrupted"), 0));
    out.flush();
  }

  @Override
  public synchronized int end() {
    return broke ? Tck.NOT_RUN : differs ? Tck.DIFFERS : 0;
  }
}
