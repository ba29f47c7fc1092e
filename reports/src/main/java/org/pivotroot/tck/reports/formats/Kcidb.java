package org.pivotroot.tck.reports.formats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/**
 * A submission in the form of the KCIDB I/O schema, version 5.0: a checkout and a build per kernel,
 * a test per claim. A test passes if the verdict is the one on record: a statement that a manual
 * page has wrong is no fault of the kernel.
 */
final class Kcidb {
  private static final String ORIGIN = "pivot_root_tck";

  /** Longest excerpt that the schema allows, in characters. */
  private static final int EXCERPT = 16384;

  private static final int LEVELS = 5;

  private Kcidb() {}

  private record Submission(
      Version version, List<Checkout> checkouts, List<Build> builds, List<TestRun> tests) {}

  private record Version(int major, int minor) {}

  private record Checkout(String id, String origin, String comment) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Build(
      @JsonProperty("checkout_id") String checkout,
      String id,
      String origin,
      String comment,
      ResultDocument.Kernel misc) {}

  private record TestRun(
      @JsonProperty("build_id") String build,
      String id,
      String origin,
      Environment environment,
      String path,
      String comment,
      @JsonProperty("log_excerpt") String excerpt,
      String status,
      Misc misc) {}

  private record Environment(String comment) {}

  private record Misc(Verdict verdict, Verdict expected, Map<String, String> facts) {}

  static String of(Results results) {
    List<Checkout> checkouts = new ArrayList<>();
    List<Build> builds = new ArrayList<>();
    List<TestRun> tests = new ArrayList<>();
    for (TargetRecord target : results.targets()) {
      ResultDocument.Kernel kernel = target.target().kernel();
      String id = ORIGIN + ":" + Wording.file(target);
      checkouts.add(new Checkout(id, ORIGIN, "Linux " + kernel.release()));
      builds.add(new Build(id, id, ORIGIN, kernel.version(), kernel));
      results.of(target).forEach(seen -> tests.add(test(target, id, seen)));
    }
    return Json.text(new Submission(new Version(5, 0), checkouts, builds, tests), LEVELS);
  }

  private static TestRun test(TargetRecord target, String build, Seen seen) {
    ClaimText claim = seen.claim();
    String log = String.join("\n", seen.transcript()) + "\n";
    return new TestRun(
        build,
        build + ":" + claim.id(),
        ORIGIN,
        new Environment(target.target().environment() + ", " + target.target().emulator()),
        ORIGIN + "." + node(claim.page()) + "." + claim.id(),
        claim.says(),
        log.length() > EXCERPT ? log.substring(log.length() - EXCERPT) : log,
        status(seen),
        new Misc(seen.verdict(), seen.expected(), seen.facts()));
  }

  private static String node(String page) {
    return page.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^_+|_+$", "");
  }

  private static String status(Seen seen) {
    if (seen.verdict() == Verdict.INCONCLUSIVE) {
      return "ERROR";
    }
    if (seen.isUnexpected()) {
      return "FAIL";
    }
    return seen.verdict() == Verdict.NOT_APPLICABLE ? "SKIP" : "PASS";
  }
}
