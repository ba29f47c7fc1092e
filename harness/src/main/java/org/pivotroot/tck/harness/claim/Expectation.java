package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import org.pivotroot.tck.model.observation.Verdict;

/**
 * The verdict on record for a claim and a kernel.
 *
 * @param verdict the verdict
 * @param reason why it is not {@code upheld}; null if it is
 */
record Expectation(Verdict verdict, String reason) {
  private static final Expectation UPHELD = new Expectation(Verdict.UPHELD, null);

  /** What a claim's annotations say of a kernel. */
  static Expectation of(Method claim, KernelVersion kernel) {
    Contradicted contradicted = claim.getAnnotation(Contradicted.class);
    if (contradicted != null && kernel.isWithin(contradicted.from(), contradicted.before())) {
      return new Expectation(Verdict.CONTRADICTED, contradicted.because());
    }
    NotApplicable lacking = claim.getAnnotation(NotApplicable.class);
    if (lacking != null && kernel.isWithin(lacking.from(), lacking.before())) {
      return new Expectation(Verdict.NOT_APPLICABLE, lacking.because());
    }
    return UPHELD;
  }
}
