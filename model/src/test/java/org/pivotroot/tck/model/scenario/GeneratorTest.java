package org.pivotroot.tck.model.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Situation;
import org.pivotroot.tck.model.specification.rule.Kernel;

class GeneratorTest {
  private static final Kernel KERNEL = Kernel.of("7.3");

  private static Stream<Scenario> scenarios() {
    return IntStream.range(0, 10).boxed().flatMap(i -> Generator.batch(KERNEL, 1, i).stream());
  }

  private static Stream<Course.Moment> moments() {
    return scenarios().flatMap(scenario -> Course.of(KERNEL, scenario).moments().stream());
  }

  @Test
  void aSeedMakesTheSameScenariosAgain() {
    assertThat(Generator.batch(KERNEL, 7, 3)).isEqualTo(Generator.batch(KERNEL, 7, 3));
    assertThat(Generator.batch(KERNEL, 7, 3)).isNotEqualTo(Generator.batch(KERNEL, 8, 3));
  }

  @Test
  void theSpecificationSpeaksOfAllActs() {
    assertThat(scenarios())
        .allSatisfy(
            scenario ->
                assertThat(Course.of(KERNEL, scenario).moments())
                    .hasSameSizeAs(scenario.acts())
                    .hasSizeBetween(1, 20));
  }

  @Test
  void mostCallsSucceed() {
    List<Prediction> predictions =
        moments().flatMap(moment -> moment.prediction().stream()).toList();
    assertThat(predictions.stream().filter(Prediction.Returns.class::isInstance).count())
        .isGreaterThan(predictions.size() / 2);
  }

  @Test
  void whatIsSeldomSoIsReached() {
    Set<Situation> reached = EnumSet.noneOf(Situation.class);
    Set<String> met = new HashSet<>();
    moments()
        .forEach(
            moment -> {
              reached.addAll(Situation.of(moment.state()));
              moment.met().forEach(clause -> met.add(clause.id()));
            });
    assertThat(reached)
        .contains(
            Situation.LOCKED,
            Situation.STACKED_TWICE,
            Situation.SLAVE_OF_SLAVE,
            Situation.ROOT_NO_MOUNT_POINT,
            Situation.CWD_OUTSIDE_ROOT,
            Situation.CWD_DETACHED);
    assertThat(met).hasSizeGreaterThan(150);
  }

  @Test
  void allShortSequencesAreThereOnce() {
    Set<List<Event>> all = new HashSet<>();
    int batches = 0;
    while (!Exhaustion.batch(batches).isEmpty()) {
      Exhaustion.batch(batches++).forEach(scenario -> all.add(scenario.acts()));
    }
    assertThat(all).hasSize(Exhaustion.COUNT);
  }

  @Test
  void withoutAnActGoesWhatNeedsIt() {
    Scenario scenario =
        new Scenario(
            "",
            List.of(
                Calls.thread("S", "P"),
                Calls.by("S", Calls.open("/a", OpenFlag.O_PATH)),
                Calls.by("P", Calls.openNamespace("S")),
                Calls.by("P", Calls.chdir("/new")),
                Calls.by("S", Calls.getcwd())));
    List<Scenario> smaller = Reduction.of(KERNEL, scenario);
    assertThat(smaller.get(0).acts()).hasSize(2);
    assertThat(smaller.get(1).acts()).hasSize(4);
    assertThat(smaller)
        .allMatch(one -> one.acts().get(one.acts().size() - 1).equals(scenario.acts().get(4)));
  }
}
