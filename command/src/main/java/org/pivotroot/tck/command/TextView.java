package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.Observation;

/**
 * A run for people: on a terminal a line for each target that is kept up to date, else a line for
 * each thing that takes long and each target that is done.
 */
final class TextView implements RunView {
  private static final long REDRAWN_EVERY_NANOS = 200_000_000;
  private static final int SHOWN = 20;

  private final PrintWriter out;
  private final boolean live;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Progress.Unavailable> unavailable = new ArrayList<>();
  private final long start = System.nanoTime();
  private long drawn;
  private int lines;

  TextView(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  @Override
  public synchronized void see(Progress.Event event) {
    if (event instanceof Progress.Planned planned) {
      planned.plans().forEach(plan -> tallies.put(plan.target(), new Tally(plan)));
    } else if (event instanceof Progress.Unavailable one) {
      unavailable.add(one);
    } else if (event instanceof Progress.Busy busy) {
      Tally tally = tallies.get(busy.target());
      if (tally != null) {
        tally.isBusy(busy.with());
      }
      plainly(busy.target() + ": " + busy.with());
    } else if (event instanceof Progress.Tried tried) {
      Tally tally = tallies.get(tried.target().name());
      tally.add(tried);
      if (tally.isDone()) {
        plainly(tally.target() + ": " + tally.summary());
      }
    }
    draw(false);
  }

  private void plainly(String line) {
    if (!live) {
      out.println(line);
      out.flush();
    }
  }

  private void draw(boolean last) {
    long now = System.nanoTime();
    if (!live || (!last && now - drawn < REDRAWN_EVERY_NANOS)) {
      return;
    }
    drawn = now;
    if (lines > 0) {
      out.print("\033[" + lines + "A");
    }
    lines = tallies.size();
    tallies
        .values()
        .forEach(
            tally ->
                out.printf(
                    "\033[2K%-16s %s%n",
                    tally.target(), tally.isDone() ? tally.summary() : tally.state()));
    out.flush();
  }

  @Override
  public synchronized int end() {
    draw(true);
    for (Progress.Unavailable one : unavailable) {
      out.println("not tried on " + one.name() + ": " + one.reason());
    }
    List<Progress.Tried> unexpected =
        tallies.values().stream().flatMap(tally -> tally.unexpected().stream()).toList();
    unexpected.stream().limit(SHOWN).forEach(this::show);
    if (unexpected.size() > SHOWN) {
      out.println("and " + (unexpected.size() - SHOWN) + " more");
    }
    out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
    out.flush();
    boolean nothing = tallies.isEmpty() && !unavailable.isEmpty();
    if (nothing || tallies.values().stream().anyMatch(Tally::broke)) {
      return Tck.NOT_RUN;
    }
    return tallies.values().stream().anyMatch(Tally::differs) ? Tck.DIFFERS : 0;
  }

  private void show(Progress.Tried tried) {
    Observation seen = tried.observation();
    out.println(
        seen.id()
            + " on "
            + tried.target().name()
            + ": "
            + seen.verdict().word()
            + (seen.reason() == null ? "" : ": " + seen.reason()));
    tried
        .difference()
        .filter(difference -> difference.held() != null)
        .ifPresent(
            difference ->
                out.println(
                    "  differs in "
                        + difference.kind().words()
                        + "; on record for "
                        + String.join(", ", difference.held().targets())
                        + ": "
                        + difference.held().verdict().word()
                        + (difference.held().reason() == null
                            ? ""
                            : ": " + difference.held().reason())));
    out.println("  look closer: tck show " + seen.id() + " --on '" + tried.target().name() + "'");
  }
}
