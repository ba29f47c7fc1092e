package org.pivotroot.tck.harness.claim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pivotroot.tck.harness.task.Placement;

/**
 * A claim: one atomic, testable statement of a manual page. The method takes a {@link
 * org.pivotroot.tck.harness.task.Stage} and returns when the statement holds. It is tried once on
 * every target.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ClaimExtension.class)
public @interface Claim {
  /** Unique in the suite: lower case, words joined by hyphens. */
  String id();

  /** The section of the page, such as {@code ERRORS}. */
  String section();

  /** The statement in our own words. */
  String says();

  /**
   * A kernel that would get it wrong, and that this claim would notice: what it would do instead.
   */
  String catches();

  /**
   * The editions of the page that make the statement: {@code all}, {@code 4.15} for those before
   * the rewrite of pivot_root(2) in man-pages 5.03, {@code 5.03+} for those since (and so with the
   * version of another page, such as {@code 9.7+} of coreutils), {@code none} for what no page
   * says.
   */
  String editions() default "all";

  /** Where in a guest it is tried. */
  Placement in() default Placement.NAMESPACE;

  /** Whether the root holds programs, /proc and /dev. */
  boolean userland() default false;
}
