package org.pivotroot.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Map<Part, List<Sample>> samples = new EnumMap<>(Part.class);

  private Report.Measured measured(Part part) {
    return Report.of(samples, "7.3", 11, 2, 0).parts().stream()
        .filter(each -> each.part().equals(part.word()))
        .findFirst()
        .orElseThrow();
  }

  private static Sample sample(double seconds, double claims) {
    return new Sample(seconds, OptionalDouble.of(claims), 5);
  }

  @Test
  void medianIsTheMiddleOrTheMeanOfTheTwoThere() {
    assertThat(Report.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Report.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  @Test
  void claimsAreJudgedByTheirOwnTimeAsMultipleOfTheBareBoot() {
    samples.put(Part.BARE, List.of(new Sample(2, OptionalDouble.empty(), 7)));
    samples.put(Part.LATER, List.of(sample(10, 4), sample(12, 6), sample(11, 5)));
    assertThat(measured(Part.LATER).reached()).isEqualTo(2.5);
    assertThat(measured(Part.LATER).target()).isEqualTo(3);
  }

  @Test
  void matrixIsJudgedByKernelsTimesOneDividedByProcessors() {
    samples.put(Part.LATER, List.of(sample(10, 4)));
    samples.put(Part.MATRIX, List.of(sample(60, 33)));
    assertThat(measured(Part.MATRIX).reached()).isEqualTo(1.5);
    assertThat(measured(Part.MATRIX).toBare()).isNull();
  }

  @Test
  void oneClaimIsJudgedByTheWholeOfItsTime() {
    samples.put(Part.ONE, List.of(sample(14, 3)));
    assertThat(measured(Part.ONE).reached()).isEqualTo(14);
  }
}
