package org.pivotroot.tck.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.claim.Suite;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.Behaviour;
import org.pivotroot.tck.model.record.ClaimRecord;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.RecordStore;
import org.pivotroot.tck.model.record.TargetRecord;

/** The record is the truth; what claims say of themselves must not contradict it. */
class RecordTest {
  private static ObservedRecord record;
  private static Map<String, ClaimText> claims;

  @BeforeAll
  static void read() throws IOException {
    record = new RecordStore(Path.of("..", "reports", "observed")).read();
    claims =
        new Suite("org.pivotroot.tck.suites")
            .claims().stream().collect(Collectors.toMap(ClaimText::id, Function.identity()));
  }

  @Test
  void everyClaimIsOnRecordAndNoOther() {
    assertThat(record.claims().keySet())
        .as("claims on record; after ./tck run, ./tck accept puts new ones there")
        .containsExactlyInAnyOrderElementsOf(claims.keySet());
  }

  @Test
  void noClaimIsAsTheSkeletonLeftIt() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(sources.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(source -> assertThat(source).content().doesNotContain("TODO"));
    }
  }

  @Test
  void theRecordTellsClaimsAsTheyAre() {
    List<String> otherwise =
        record.claims().values().stream()
            .map(ClaimRecord::claim)
            .filter(claim -> !claim.equals(claims.get(claim.id())))
            .map(ClaimText::id)
            .toList();
    assertThat(otherwise).as("claims whose words on record are old; ./tck accept").isEmpty();
  }

  @Test
  void annotationsExplainWhatLinuxDoes() {
    List<String> unexplained = new ArrayList<>();
    for (TargetRecord target : record.targets()) {
      if (target.target().isLinux()) {
        record
            .claims()
            .values()
            .forEach(
                known ->
                    record
                        .at(known.claim().id(), target.name())
                        .filter(behaviour -> !lacksWhatIsOptional(behaviour))
                        .map(Behaviour::verdict)
                        .filter(verdict -> verdict != explained(known, target))
                        .filter(verdict -> !mayLack(target, known.claim().id(), verdict))
                        .ifPresent(
                            verdict ->
                                unexplained.add(
                                    known.claim().id()
                                        + " is "
                                        + verdict.word()
                                        + " on "
                                        + target.name())));
      }
    }
    assertThat(unexplained)
        .as("verdicts on record that no @Contradicted or @NotApplicable explains")
        .isEmpty();
  }

  /**
   * A kernel that is none of the catalogue's need not have what those have, and user-mode Linux is
   * configured with less.
   */
  private static boolean mayLack(TargetRecord target, String claim, Verdict verdict) {
    boolean configuredOtherwise =
        target.target().kernel().packageName() == null
            || target.target().environment().equals("uml");
    return configuredOtherwise
        && (verdict == Verdict.NOT_APPLICABLE || claim.startsWith(ClaimText.FEATURES + "."));
  }

  private static boolean lacksWhatIsOptional(Behaviour behaviour) {
    return behaviour.verdict() == Verdict.NOT_APPLICABLE
        && Stream.of(Feature.values())
            .filter(Feature::isOptional)
            .anyMatch(feature -> feature.word().equals(behaviour.because().text()));
  }

  private static Verdict explained(ClaimRecord known, TargetRecord target) {
    ClaimText claim = claims.getOrDefault(known.claim().id(), known.claim());
    return claim.explained(TargetOrder.version(target.target()));
  }
}
