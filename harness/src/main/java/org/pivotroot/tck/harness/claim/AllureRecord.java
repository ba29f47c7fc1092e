package org.pivotroot.tck.harness.claim;

import io.qameta.allure.Allure;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.UUID;
import org.pivotroot.tck.harness.result.Observation;
import org.pivotroot.tck.images.archive.Sha256;

/** An observation in the Allure result of the test that made it. */
final class AllureRecord {
  private AllureRecord() {}

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
    String history = observation.claim() + "\n" + target.name();
    result.setHistoryId(Sha256.of(history));
    result.setName(observation.claim());
    result.setDescription(description(observation));
    result.getParameters().clear();
    result
        .getParameters()
        .addAll(
            List.of(
                parameter("environment", target.description().environment()),
                parameter("kernel", target.description().kernel().series()),
                parameter("release", target.description().kernel().release()).setExcluded(true)));
    result
        .getLabels()
        .removeIf(label -> List.of("epic", "feature", "story").contains(label.getName()));
    result
        .getLabels()
        .addAll(
            List.of(
                label("epic", observation.page()),
                label("feature", observation.section()),
                label("story", observation.claim()),
                label("tag", observation.verdict().word())));
  }

  private static String description(Observation observation) {
    StringBuilder text = new StringBuilder(observation.says());
    text.append("\n\nVerdict: ").append(observation.verdict().word());
    if (observation.because() != null) {
      text.append(" (").append(observation.because()).append(')');
    }
    if (observation.reason() != null) {
      text.append("\n\nExpected: ").append(observation.reason());
    }
    return text.toString();
  }

  private static Parameter parameter(String name, String value) {
    return new Parameter().setName(name).setValue(value);
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }
}
