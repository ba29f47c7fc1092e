/**
 * What a claim is and how it is run: the annotations that a claim is written with, the JUnit
 * extension that tries it on every target, and the record of the run.
 */
package org.pivotroot.tck.harness.claim;
