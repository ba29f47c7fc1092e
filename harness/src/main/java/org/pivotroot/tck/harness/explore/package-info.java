/**
 * Scenarios that nobody thought of: played on targets, held against the specification, and what is
 * otherwise shrunk to the fewest acts and grouped by cause.
 */
package org.pivotroot.tck.harness.explore;
