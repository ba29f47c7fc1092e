package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Observation;

/**
 * A run for people: on a terminal a line for each target that is kept up to date, else a line for
 * each thing that takes long and each target that is done.
 */
final class TextView implements RunView {
  private static final long REDRAWN_EVERY_NANOS = 200_000_000;
  private static final int SHOWN = 20;
  private static final int SHOWN_MEANWHILE = 5;

  private final PrintWriter out;
  private final Optional<Screen> screen;
  private final TimeLeft timeLeft;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Progress.Unavailable> unavailable = new ArrayList<>();
  private final long start = System.nanoTime();
  private String preparing = "";
  private long firstTried;
  private long drawn;
  private int lines;
  private boolean interrupted;

  /**
   * A view.
   *
   * @param screen the terminal that is drawn on; empty where there is none
   * @param durations of claims, by which it is told how long a run will take
   */
  TextView(PrintWriter out, Optional<Screen> screen, Durations durations) {
    this.out = out;
    this.screen = screen;
    this.timeLeft = new TimeLeft(durations);
  }

  /** Takes what is said before targets are there, such as what is being fetched. */
  synchronized void prepare(String with) {
    preparing = with.strip();
    if (screen.isEmpty()) {
      System.err.println(with);
    }
    draw(false);
  }

  @Override
  public synchronized void see(Progress.Event event) {
    if (event instanceof Progress.Planned planned) {
      preparing = "";
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
      firstTried = firstTried == 0 ? System.nanoTime() : firstTried;
      Tally tally = tallies.get(tried.target().name());
      tally.add(tried);
      if (tally.isDone()) {
        plainly(tally.target() + ": " + tally.summary());
      }
    }
    draw(false);
  }

  private void plainly(String line) {
    if (screen.isEmpty() && !interrupted) {
      out.println(line);
      out.flush();
    }
  }

  private void draw(boolean last) {
    long now = System.nanoTime();
    if (screen.isEmpty() || interrupted || (!last && now - drawn < REDRAWN_EVERY_NANOS)) {
      return;
    }
    drawn = now;
    List<Screen.Line> picture = new ArrayList<>();
    for (Tally tally : tallies.values()) {
      String text = tally.isDone() ? tally.summary() : tally.state();
      picture.add(
          new Screen.Line(
              String.format("%-16s %s", tally.target(), text), !tally.unexpected().isEmpty()));
    }
    if (!last) {
      unexpected().stream()
          .limit(SHOWN_MEANWHILE)
          .map(
              one ->
                  "  " + one.observation().id() + " on " + one.target().name() + ": " + said(one))
          .forEach(text -> picture.add(new Screen.Line(text, false)));
      picture.add(new Screen.Line(foot(now), false));
    }
    screen.get().draw(picture, lines);
    lines = picture.size();
  }

  private String foot(long now) {
    int tried = tallies.values().stream().mapToInt(Tally::tried).sum();
    if (tallies.isEmpty() || tried == 0) {
      return preparing.isEmpty() ? "preparing" : preparing;
    }
    int planned = tallies.values().stream().mapToInt(Tally::planned).sum();
    String left = timeLeft.of(tallies.values(), (now - firstTried) / 1e9);
    return tried + " of " + planned + (left.isEmpty() ? "" : ", " + left);
  }

  private List<Progress.Tried> unexpected() {
    return tallies.values().stream().flatMap(tally -> tally.unexpected().stream()).toList();
  }

  private static String said(Progress.Tried one) {
    String reason = one.observation().reason();
    return one.observation().verdict().word() + (reason == null ? "" : ": " + reason);
  }

  @Override
  public synchronized void interrupted() {
    int tried = tallies.values().stream().mapToInt(Tally::tried).sum();
    interrupted = true;
    out.println(
        "interrupted: "
            + tried
            + " claims were tried, "
            + unexpected().size()
            + " of them not as on record; the results of the run before stay");
    out.flush();
  }

  @Override
  public synchronized int end() {
    draw(true);
    for (Progress.Unavailable one : unavailable) {
      out.println("not tried on " + one.name() + ": " + one.reason());
    }
    List<Progress.Tried> unexpected = unexpected();
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
    out.println(seen.id() + " on " + tried.target().name() + ": " + said(tried));
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
