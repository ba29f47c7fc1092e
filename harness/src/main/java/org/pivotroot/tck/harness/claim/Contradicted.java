package org.pivotroot.tck.harness.claim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Kernels that are known to contradict a claim: there, the claim is green because it is
 * contradicted.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Contradicted {
  /** The first such series or release, such as {@code 7.0}; empty if there was none before them. */
  String from() default "";

  /** The first series or release that is none of them any more; empty if the newest still is. */
  String before() default "";

  /** In our own words: what they do instead, why, and by which change. */
  String because();

  /** Subject of the kernel commit that made it so; empty if it is not known. */
  String commit() default "";
}
