package org.pivotroot.tck.harness.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.model.transcript.SyntaxException;

/** A script played on several targets, and where they differ. */
public final class Replay {
  private static final String ENDED = "(it had ended before)";

  private final Map<String, List<String>> shown = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();

  /** Plays it on one more target; what comes of it is kept. */
  public void play(Script script, Target target) {
    try (Ground ground = new Ground(target, script.setting());
        Session session = new Session(ground)) {
      script.play(session);
      shown.put(target.name(), steps(session));
    } catch (SyntaxException e) {
      throw e;
    } catch (RuntimeException e) {
      failed.put(target.name(), e.getMessage());
    }
  }

  /** What happened and what the tree was then, a text for each step. */
  private static List<String> steps(Session session) {
    List<String> steps = new ArrayList<>();
    String before = session.beginning();
    for (Played step : session.steps()) {
      boolean isSame = step.tree().equals(before);
      steps.add(step.line() + (isSame ? "" : "\n" + String.join("\n", step.treeLines())));
      before = step.tree();
    }
    return steps;
  }

  /** For tests: what a target has shown. */
  void add(String target, List<String> steps) {
    shown.put(target, steps);
  }

  /** The targets on which it could not be played, and why. */
  public Map<String, String> failed() {
    return failed;
  }

  /** Whether all targets did the same. */
  public boolean isSame() {
    return shown.values().stream().distinct().count() <= 1;
  }

  /** All steps, with what each group of targets did where they differ. */
  public List<String> text() {
    List<String> text = new ArrayList<>();
    int most = shown.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < most; i++) {
      Map<String, List<String>> groups = groups(i);
      if (groups.size() == 1) {
        groups.keySet().iterator().next().lines().forEach(text::add);
      } else {
        text.add("step " + (i + 1) + " differs:");
        groups.forEach(
            (did, targets) -> {
              text.add("  " + String.join(", ", targets));
              did.lines().forEach(line -> text.add("    " + line));
            });
      }
    }
    text.add(
        shown.size()
            + (shown.size() == 1 ? " target" : " targets")
            + (isSame() ? (shown.size() == 1 ? "" : ", all did the same") : ", which differ"));
    return text;
  }

  private Map<String, List<String>> groups(int step) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    shown.forEach(
        (target, steps) ->
            groups
                .computeIfAbsent(
                    step < steps.size() ? steps.get(step) : ENDED, key -> new ArrayList<>())
                .add(target));
    return groups;
  }

  /** The targets that were played on. */
  public Stream<String> targets() {
    return shown.keySet().stream();
  }
}
