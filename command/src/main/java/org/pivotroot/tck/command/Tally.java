package org.pivotroot.tck.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Verdict;

/** What was seen on one target so far. */
final class Tally {
  private final String target;
  private final List<String> planned;
  private final Set<String> open;
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final List<Progress.Tried> unexpected = new ArrayList<>();
  private String busyWith = "waiting";
  private int tried;

  Tally(Progress.Plan plan) {
    this.target = plan.target();
    this.planned = plan.claims();
    this.open = new LinkedHashSet<>(plan.claims());
  }

  void isBusy(String with) {
    busyWith = with;
  }

  void add(Progress.Tried one) {
    tried++;
    open.remove(one.observation().id());
    verdicts.merge(one.observation().verdict(), 1, Integer::sum);
    if (!one.asExpected()) {
      unexpected.add(one);
    }
  }

  String target() {
    return target;
  }

  int tried() {
    return tried;
  }

  int planned() {
    return planned.size();
  }

  /** Milliseconds that what is still to be tried took before. */
  long left(Durations durations) {
    return durations.of(target, List.copyOf(open));
  }

  /** Milliseconds that all of it took before. */
  long whole(Durations durations) {
    return durations.of(target, planned);
  }

  boolean isDone() {
    return tried >= planned.size();
  }

  List<Progress.Tried> unexpected() {
    return unexpected;
  }

  /** What it is doing. */
  String state() {
    String differing = unexpected.isEmpty() ? "" : ", " + unexpected.size() + " not as on record";
    return tried == 0 ? busyWith : tried + "/" + planned.size() + differing;
  }

  /** What came of it. */
  String summary() {
    StringBuilder text = new StringBuilder();
    verdicts.forEach(
        (verdict, count) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(count)
                .append(' ')
                .append(verdict.word()));
    return text.append(
            unexpected.isEmpty()
                ? "; all as on record"
                : "; " + unexpected.size() + " not as on record")
        .toString();
  }

  boolean broke() {
    return unexpected.stream().anyMatch(one -> one.observation().verdict() == Verdict.INCONCLUSIVE);
  }

  boolean differs() {
    return unexpected.stream().anyMatch(one -> one.observation().verdict() != Verdict.INCONCLUSIVE);
  }
}
