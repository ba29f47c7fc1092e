package org.pivotroot.tck.harness.claim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.pivotroot.tck.harness.task.Feature;

/**
 * What a claim needs of a target beside what its calls ask for by themselves. Where the target
 * lacks any of it, the claim is not applicable, and its body is not run.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
  /** All of them. */
  Feature[] value();
}
