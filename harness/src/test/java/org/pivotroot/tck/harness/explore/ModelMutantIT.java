package org.pivotroot.tck.harness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pivotroot.tck.harness.environment.Environment;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Generator;
import org.pivotroot.tck.model.scenario.Scenario;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** Specifications that lack a check, or have one of another version, are found out by a kernel. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ModelMutantIT {
  private static final int BATCHES = 16;

  /** What the next check says is the same error, or nothing that these scenarios come to. */
  private static final double FOUND = 0.6;

  private record Played(Scenario scenario, long digest) {}

  @Test
  void specificationsThatAreWrongAreFoundOut() {
    Target target = Targets.of(List.of("7.3"), Set.of(Environment.VM)).available().get(0);
    Kernel kernel = Kernel.of(target.description().kernel().release());
    List<Played> all = new ArrayList<>();
    try (Subject subject = new Subject(target)) {
      for (int i = 0; i < BATCHES; i++) {
        List<Scenario> batch = Generator.batch(Campaign.REFERENCE, 1, i);
        List<Long> digests = subject.digests(batch);
        for (int j = 0; j < batch.size(); j++) {
          all.add(new Played(batch.get(j), digests.get(j)));
        }
      }
    }
    assertThat(differing(kernel, all)).as("of the specification as it is").isZero();
    Set<String> rules = new TreeSet<>();
    all.stream()
        .flatMap(one -> Course.of(kernel, one.scenario).moments().stream())
        .flatMap(moment -> moment.met().stream())
        .filter(Rule.class::isInstance)
        .forEach(rule -> rules.add(rule.id()));
    List<String> found =
        rules.stream().filter(rule -> isFoundOut(kernel.without(rule), all)).toList();

    List<Switch> turned =
        Stream.of(Switch.values()).filter(one -> isFoundOut(kernel.turned(one), all)).toList();
    System.out.printf(
        "%d of %d specifications without a check are found out by %d scenarios:%n%s%nnot %s%n"
            + "with a switch turned: %s%n",
        found.size(),
        rules.size(),
        all.size(),
        found,
        rules.stream().filter(rule -> !found.contains(rule)).toList(),
        turned);
    assertThat(found).hasSizeGreaterThan((int) (FOUND * rules.size()));
    assertThat(found)
        .contains("pivot_root.shared", "pivot_root.busy", "umount2.locked", "copy.locked-below");
    assertThat(turned).contains(Switch.NULLFS, Switch.BENEATH, Switch.PERMISSION_AFTER_LOOKUP);
  }

  private static boolean isFoundOut(Kernel wrong, List<Played> all) {
    try {
      return differing(wrong, all) > 0;
    } catch (RuntimeException e) {
      return true; // without the check there is nothing to act on, or a mount is in itself
    }
  }

  private static long differing(Kernel kernel, List<Played> all) {
    return all.stream()
        .filter(one -> Foretold.digest(Course.of(kernel, one.scenario)) != one.digest)
        .count();
  }
}
