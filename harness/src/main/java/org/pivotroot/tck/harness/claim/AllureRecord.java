package org.pivotroot.tck.harness.claim;

import io.qameta.allure.Allure;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Verdict;

/** An observation in the Allure result of the test that made it. */
final class AllureRecord {
  private AllureRecord() {}

  /**
   * Empties the directory of results, which would else grow with each run, and writes what Allure
   * wants to know of the run as a whole.
   */
  static void begin(List<TargetRun> targets) {
    Path directory = Path.of(System.getProperty("allure.results.directory", "allure-results"));
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> old =
          Files.newDirectoryStream(directory, "*.{json,txt,properties}")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
      Files.writeString(directory.resolve("categories.json"), Json.text(CATEGORIES, 2));
      StringBuilder environment = new StringBuilder();
      for (TargetRun target : targets) {
        environment.append(target.name().replace(' ', '_')).append(" = ");
        environment.append(target.description().kernel().release()).append(' ');
        environment.append(target.description().kernel().version()).append('\n');
      }
      Files.writeString(directory.resolve("environment.properties"), environment);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write Allure's results to " + directory, e);
    }
  }

  private static final List<Category> CATEGORIES =
      List.of(
          new Category("Contradicted, as on record", List.of("passed"), "contradicted.*"),
          new Category("Not applicable, as on record", List.of("passed"), "not-applicable.*"),
          new Category("Inconclusive", List.of("failed", "broken"), "(?s).* is inconclusive .*"),
          new Category("Unexpected verdict", List.of("failed"), "(?s).* is expected.*"));

  private record Category(String name, List<String> matchedStatuses, String messageRegex) {}

  static void add(Observation observation, TargetRun target, String console) {
    Allure.getLifecycle().updateTestCase(result -> describe(result, observation, target));
    for (String line : observation.transcript()) {
      String step = UUID.randomUUID().toString();
      Allure.getLifecycle()
          .startStep(step, new StepResult().setName(line).setStatus(Status.PASSED));
      Allure.getLifecycle().stopStep(step);
    }
    Allure.addAttachment(
        "transcript", "text/plain", String.join("\n", observation.transcript()), ".txt");
    Allure.addAttachment("console", "text/plain", console, ".txt");
  }

  private static void describe(TestResult result, Observation observation, TargetRun target) {
    // JUnit numbers the invocations of a template, so that a history by number would mix kernels.
    String history = observation.id() + "\n" + target.name();
    result.setHistoryId(Sha256.of(history));
    result.setName(observation.id());
    result.setDescription(description(observation, target));
    if (observation.verdict() != Verdict.UPHELD) {
      result.setStatusDetails(
          new StatusDetails()
              .setMessage(observation.verdict().word() + ": " + observation.reason()));
    }
    result.getParameters().clear();
    result
        .getParameters()
        .addAll(
            List.of(
                parameter("environment", target.description().environment()),
                parameter("kernel", target.description().version()),
                parameter("release", target.description().kernel().release()).setExcluded(true)));
    result
        .getLabels()
        .removeIf(label -> List.of("epic", "feature", "story").contains(label.getName()));
    result
        .getLabels()
        .addAll(
            List.of(
                label("epic", observation.claim().page()),
                label("feature", observation.claim().section()),
                label("story", observation.id()),
                label("tag", observation.verdict().word())));
  }

  private static String description(Observation observation, TargetRun target) {
    StringBuilder text = new StringBuilder(observation.claim().says());
    text.append("\n\nVerdict: ").append(observation.verdict().word());
    if (observation.reason() != null) {
      text.append(" (").append(observation.reason()).append(')');
    }
    observation
        .claim()
        .explanation(TargetOrder.version(target.description()))
        .map(Explanation::because)
        .ifPresent(because -> text.append("\n\nExpected: ").append(because));
    return text.toString();
  }

  private static Parameter parameter(String name, String value) {
    return new Parameter().setName(name).setValue(value);
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }
}
