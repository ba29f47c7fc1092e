package org.pivotroot.tck.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRangesTest {
  private static final List<String> ALL =
      List.of("vm 5.10", "vm 6.1", "vm 6.12", "vm 7.2-rt", "uml 6.1", "uml 6.12", "gvisor 1");

  private static List<String> names(String list) {
    return Stream.of(list.split(", ", -1)).filter(name -> !name.isEmpty()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "vm 6.1 | vm 6.1",
        "vm 5.10, vm 6.1 | vm 5.10..6.1",
        "vm 5.10, vm 6.12, vm 7.2-rt | vm 5.10, vm 6.12..7.2-rt",
        "vm 7.2-rt, uml 6.1 | vm 7.2-rt, uml 6.1",
        "vm 5.10, vm 6.1, vm 6.12, vm 7.2-rt, uml 6.1, uml 6.12, gvisor 1"
            + " | vm 5.10..7.2-rt, uml 6.1..6.12, gvisor 1"
      })
  void contiguousTargetsOfAnEnvironmentAreARange(String targets, String ranges) {
    assertThat(TargetRanges.shortened(names(targets), ALL)).isEqualTo(names(ranges));
    assertThat(TargetRanges.expanded(names(ranges), ALL)).isEqualTo(names(targets));
  }

  @Test
  void theOrderIsThatOfTheRecord() {
    assertThat(TargetRanges.shortened(List.of("gvisor 1", "vm 6.1", "vm 5.10"), ALL))
        .containsExactly("vm 5.10..6.1", "gvisor 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vm 5.4..6.1", "vm 6.1..6.2", "vm 6.12..6.1", "vm 6.1..1"})
  void aRangeWithoutItsEndsIsRefused(String range) {
    assertThatThrownBy(() -> TargetRanges.expanded(List.of(range), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("targets.json has no range " + range);
  }
}
