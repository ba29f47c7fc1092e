package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Verdict;

/**
 * A claim as its annotations describe it.
 *
 * @param method the body
 * @param page the page of the method's class
 * @param column which column of a row of a table; null for a claim that is no such row
 */
record ClaimDescription(Method method, Claim claim, String page, String column) {
  /**
   * Reads the annotations of a claim's method: one claim, or one for each column.
   *
   * @throws IllegalArgumentException if the class has no {@link Page}
   */
  static List<ClaimDescription> of(Method method) {
    Page page = method.getDeclaringClass().getAnnotation(Page.class);
    if (page == null) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName() + " has claims but no @Page");
    }
    Claim claim = method.getAnnotation(Claim.class);
    Columns columns = method.getAnnotation(Columns.class);
    return columns == null
        ? List.of(new ClaimDescription(method, claim, page.value(), null))
        : Stream.of(columns.value())
            .map(column -> new ClaimDescription(method, claim, page.value(), column))
            .toList();
  }

  /** What it says of itself. */
  ClaimText text() {
    List<Explanation> explanations = new ArrayList<>();
    Contradicted contradicted = method.getAnnotation(Contradicted.class);
    if (contradicted != null) {
      explanations.add(
          new Explanation(
              Verdict.CONTRADICTED,
              given(contradicted.from()),
              given(contradicted.before()),
              contradicted.because(),
              given(contradicted.commit())));
    }
    NotApplicable lacking = method.getAnnotation(NotApplicable.class);
    if (lacking != null) {
      explanations.add(
          new Explanation(
              Verdict.NOT_APPLICABLE,
              given(lacking.from()),
              given(lacking.before()),
              lacking.because(),
              given(lacking.commit())));
    }
    return new ClaimText(
        id(),
        page,
        claim.section(),
        claim.editions(),
        column == null ? claim.says() : claim.says() + " (" + column + ")",
        claim.in().word(),
        claim.userland(),
        explanations,
        cell());
  }

  private ClaimText.Cell cell() {
    Columns columns = method.getAnnotation(Columns.class);
    return columns == null ? null : new ClaimText.Cell(columns.of(), columns.row(), column);
  }

  /** What it needs beside what its calls ask for. */
  List<Feature> needs() {
    return Stream.of(
            method.getAnnotation(Needs.class),
            method.getDeclaringClass().getAnnotation(Needs.class))
        .filter(Objects::nonNull)
        .flatMap(needs -> Stream.of(needs.value()))
        .toList();
  }

  private static String given(String text) {
    return text.isEmpty() ? null : text;
  }

  String id() {
    return column == null ? claim.id() : claim.id() + "." + column;
  }

  Placement placement() {
    return claim.in();
  }
}
