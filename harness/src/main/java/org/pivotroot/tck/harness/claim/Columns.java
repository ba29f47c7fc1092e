package org.pivotroot.tck.harness.claim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A claim that is one row of a table of the documentation. Its method takes a column besides the
 * stage, and each column is tried and observed by itself, as the claim {@code id.column}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Columns {
  /** What the table is about; the same for all its rows. */
  String of();

  /** What the row is called. */
  String row();

  /** What the columns are called. */
  String[] value();
}
