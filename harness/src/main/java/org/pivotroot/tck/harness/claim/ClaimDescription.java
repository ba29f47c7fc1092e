package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import org.pivotroot.tck.harness.task.Placement;

/**
 * A claim as its annotations describe it.
 *
 * @param method the body
 * @param page the page of the method's class
 */
record ClaimDescription(Method method, Claim claim, String page) {
  /**
   * Reads the annotations of a claim's method.
   *
   * @throws IllegalArgumentException if the class has no {@link Page}
   */
  static ClaimDescription of(Method method) {
    Page page = method.getDeclaringClass().getAnnotation(Page.class);
    if (page == null) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName() + " has claims but no @Page");
    }
    return new ClaimDescription(method, method.getAnnotation(Claim.class), page.value());
  }

  String id() {
    return claim.id();
  }

  Placement placement() {
    return claim.in();
  }
}
