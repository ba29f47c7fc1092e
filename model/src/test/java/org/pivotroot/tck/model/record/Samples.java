package org.pivotroot.tck.model.record;

import java.util.List;
import java.util.TreeMap;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;

/** Claims, targets and observations of no meaning. */
final class Samples {
  static final MountTable TREE = MountTable.parse("1 1 0:2 / / rw - rootfs none rw\n");

  private Samples() {}

  static ClaimText claim(String id) {
    return new ClaimText(id, "pivot_root(2)", "NOTES", "all", "ours", "root", false, List.of());
  }

  static Observation upheld(String id, Event... events) {
    return new Observation(
        claim(id), Verdict.UPHELD, null, new TreeMap<>(), TREE, TREE, List.of(), List.of(events));
  }

  static Observation contradicted(String id, String because) {
    return new Observation(
        claim(id),
        Verdict.CONTRADICTED,
        Decision.of(because),
        new TreeMap<>(),
        TREE,
        null,
        List.of(),
        List.of());
  }

  /**
   * A target.
   *
   * @param name environment and version
   */
  static ResultDocument.Target target(String name) {
    String[] words = name.split(" ", 2);
    return new ResultDocument.Target(
        words[0],
        words[1],
        new ResultDocument.Kernel(words[1] + ".0", "#1", words[1], null, null, null),
        null,
        "none",
        "0",
        new TreeMap<>());
  }

  static ResultDocument run(String target, Observation... observations) {
    return run("c0ffee", target, observations);
  }

  static ResultDocument run(String commit, String target, Observation... observations) {
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION,
        target(target),
        new ResultDocument.Suite(commit),
        List.of(observations));
  }
}
