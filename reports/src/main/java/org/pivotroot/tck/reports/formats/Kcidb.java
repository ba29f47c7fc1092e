package org.pivotroot.tck.reports.formats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.store.Results;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A submission in the form of the KCIDB I/O schema, version 5.0: a checkout and a build per kernel,
 * a test per claim. A test passes if the verdict is the one on record: a statement that a manual
 * page has wrong is no fault of the kernel.
 */
final class Kcidb {
  private static final String ORIGIN = "pivot_root_tck";

  /** Longest excerpt that the schema allows, in characters. */
  private static final int EXCERPT = 16384;

  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
          .build();

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

  private record Misc(Verdict verdict, Verdict expected, SortedMap<String, String> facts) {}

  static String of(Results results) {
    List<Checkout> checkouts = new ArrayList<>();
    List<Build> builds = new ArrayList<>();
    List<TestRun> tests = new ArrayList<>();
    for (ResultDocument target : results.targets()) {
      ResultDocument.Kernel kernel = target.target().kernel();
      String id = ORIGIN + ":" + target.name();
      checkouts.add(new Checkout(id, ORIGIN, "Linux " + kernel.release()));
      builds.add(new Build(id, id, ORIGIN, kernel.version(), kernel));
      target.observations().forEach(observation -> tests.add(test(target, id, observation)));
    }
    return MAPPER
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(new Submission(new Version(5, 0), checkouts, builds, tests))
        + "\n";
  }

  private static TestRun test(ResultDocument target, String build, Observation observation) {
    String log = String.join("\n", observation.transcript()) + "\n";
    return new TestRun(
        build,
        build + ":" + observation.claim(),
        ORIGIN,
        new Environment(target.target().environment() + ", " + target.target().emulator()),
        ORIGIN + "." + node(observation.page()) + "." + observation.claim(),
        observation.says(),
        log.length() > EXCERPT ? log.substring(log.length() - EXCERPT) : log,
        status(observation),
        new Misc(observation.verdict(), observation.expected(), observation.facts()));
  }

  private static String node(String page) {
    return page.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^_+|_+$", "");
  }

  private static String status(Observation observation) {
    if (observation.verdict() == Verdict.INCONCLUSIVE) {
      return "ERROR";
    }
    if (observation.verdict() != observation.expected()) {
      return "FAIL";
    }
    return observation.verdict() == Verdict.NOT_APPLICABLE ? "SKIP" : "PASS";
  }
}
